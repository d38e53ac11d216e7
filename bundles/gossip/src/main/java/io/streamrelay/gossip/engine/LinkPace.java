// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.engine.Flight.Flown;

/**
 * How much may be under way toward one of our own nodes, and how fast it may leave, in the way of BBR: as fast as
 * packets were seen to arrive, with no more under way than arrives within the shortest round trip and a little. What
 * gets lost by chance does not count. While nothing is known a few packets leave, and twice as many each round trip, as
 * long as that makes neither receipts late nor arrivals no faster.
 */
final class LinkPace {

    /** The largest packet with its headers, which windows are counted in. */
    static final int PACKET = 1_400;

    /** What leaves on a line that nothing is known of; RFC 3390: up to four packets. */
    private static final double WINDOW_FIRST = 4.0 * PACKET;

    /** More than arrives, so that a line that has become faster is noticed; BBR: 1.25, in an eighth of the time. */
    private static final double RATE_GAIN = 1.1;

    private static final double WINDOW_GAIN = 1.25;

    /** At the most while the shortest round trip is measured anew; BBR has four packets, which a slow line's queue may not hold. */
    private static final double WINDOW_PROBE = 3.0 * PACKET;

    /** Of a packet, what a line that carries few in a round trip may still have to send when the next one leaves. A guess. */
    private static final double UNSENT = 0.25;

    /** On a line that carries no more in a round trip chance and a full queue look alike: losses are made up for by repairs. */
    private static final double FEW = 4.0 * PACKET;

    /** Of what gets lost by chance at most this share is made up for by sending more. A guess: twice as much. */
    private static final double LOSS_MADE_UP_MAX = 0.5;

    /** Where more gets lost, one packet more under way makes up for it. A guess: what the gain of the rate makes up for. */
    private static final double LOSSY = 0.1;

    /** How slowly the share of what gets lost is forgotten, in packets. A guess. */
    private static final double LOSS_MEMORY = 64;

    /** Round trips that are longer by this show a queue: what gets lost now was too much. BBR's gain. */
    private static final double QUEUED = 1.25;

    /** BBR: full when three rounds in a row brought less than a quarter more. */
    private static final double GROWTH = 1.25;

    private static final int FULL_ROUNDS = 3;

    /** For how many rounds the fastest arrival counts; BBR. */
    private static final int ROUNDS = 10;

    /** The most packets for one receipt. A guess. */
    private static final int RECEIPT_EVERY_MAX = 8;

    /** Chance loses so many at once less often than a queue. A guess. */
    private static final int OVERFLOW = 3;

    private boolean starting = true;
    private double startWindow = WINDOW_FIRST;
    private double rate;
    private double rateBefore;
    private double rateSeen;
    private double rateAtRound;
    private int rounds;
    private int fullRounds;
    private long roundFrom;
    private long shortestMs = -1;
    private long shortestSinceMs;
    private long probedSinceMs = -1;
    private long probedMs = -1;
    private double lossShare;
    private long smoothedMs = -1;
    private double tokens;
    private int leftBytes;
    private long refilledMs;
    private long cameBytes;
    private long cameMs;

    long cameBytes() {
        return cameBytes;
    }

    long cameMs() {
        return cameMs;
    }

    /** Whether another packet may leave. */
    boolean mayLeave(long underWay, long nowMs) {
        return !isFull(underWay) && waitMs(underWay, nowMs) == 0;
    }

    /** Whether as much is under way as may be; where little gets lost, whether another like the last one would be too much. */
    boolean isFull(long underWay) {
        return underWay > 0 && underWay + (lossShare < LOSSY ? leftBytes : 0) > window();
    }

    /** How long until the pace, if not the window, lets another leave. */
    long waitMs(long underWay, long nowMs) {
        return starting ? 0 : Math.max(paceWaitMs(nowMs), drainWaitMs(underWay, nowMs));
    }

    /**
     * Where few packets are a window, the last of them waits until the line has sent most of what is before it: if not,
     * a packet more would be lost each time that the line is cut.
     */
    private long drainWaitMs(long underWay, long nowMs) {
        if (rate == 0 || lossShare >= LOSSY || pipe() > FEW || underWay == 0) {
            return 0;
        }
        double bytesPerMs = leastRate() / 1e3;
        double allowed = Math.max(RATE_GAIN * bytesPerMs * nearMs() - leftBytes, UNSENT * PACKET);
        double sent = Math.min(PACKET, bytesPerMs * (nowMs - cameMs));
        return (long) Math.max(0, Math.ceil((underWay - allowed - sent) / bytesPerMs));
    }

    private long paceWaitMs(long nowMs) {
        double perMs = RATE_GAIN * madeUp() * leastRate() / 1e3;
        tokens = Math.min(perMs * Timing.PACE_BURST_MS, tokens + perMs * Math.max(0, nowMs - refilledMs));
        refilledMs = nowMs;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perMs);
    }

    void left(int bytes) {
        tokens = starting ? 0 : tokens - bytes;
        leftBytes = bytes;
    }

    /** However slowly it seems to arrive, a packet may leave in each round trip: it tells whether that has changed. */
    private double leastRate() {
        return Math.max(rate, PACKET * 1e3 / Math.max(1, smoothedMs));
    }

    double window() {
        if (starting) {
            return startWindow;
        }
        double window = Math.max(2 * PACKET, WINDOW_GAIN * madeUp() * pipe() + receiptEvery() * PACKET);
        return probedSinceMs < 0 ? window : Math.max(PACKET, Math.min(WINDOW_PROBE, pipe() / 2));
    }

    /** As much more as gets lost by chance: where round trips show no queue. */
    private double madeUp() {
        boolean byChance = pipe() > FEW && smoothedMs <= QUEUED * nearMs();
        return byChance ? 1 / (1 - Math.min(lossShare, LOSS_MADE_UP_MAX)) : 1;
    }

    /** What arrives within a round trip. */
    private double pipe() {
        return rate * nearMs() / 1e3;
    }

    /** On the nearest lines the other's own pace counts more than the way there. */
    long nearMs() {
        return Math.max(shortestMs, Timing.NEAR_MS);
    }

    /** After how many packets a receipt is wanted while the line is full. */
    int receiptEvery() {
        return (int) Math.max(1, Math.min(RECEIPT_EVERY_MAX, (starting ? startWindow : pipe()) / (4 * PACKET)));
    }

    /** From how many bytes under way on the line counts as full enough to ask what has come. */
    double pressing() {
        double window = window();
        return starting ? Math.max(window / 2, WINDOW_FIRST) : window / 2;
    }

    /** Milliseconds; -1 while unmeasured. */
    long roundTripMs() {
        return smoothedMs;
    }

    /** After this time what was asked is overdue; RFC 6298 begins with a second, too. */
    long timeoutMs() {
        return smoothedMs < 0 ? Timing.RECEIPT_TIMEOUT_FIRST_MS : 2 * smoothedMs + Timing.RECEIPT_TIMEOUT_MIN_MS;
    }

    /** Of how long an answer took what may be the way's: the rest is a disk's that hung there. A guess: twice the patience. */
    long believable(long tripMs) {
        return smoothedMs < 0 ? tripMs : Math.min(tripMs, 2 * timeoutMs());
    }

    /** A receipt was here so long after a packet that found nothing before it on the line. */
    void measuredAlone(long tripMs, long nowMs) {
        if (nowMs - shortestSinceMs > Timing.SHORTEST_TRIP_MS) {
            shortest(believable(tripMs), nowMs);
        }
        measured(tripMs, nowMs);
    }

    /** A receipt was here so long after what asked for it. */
    void measured(long tripMs, long nowMs) {
        smoothedMs = smoothedMs < 0 ? tripMs : (7 * smoothedMs + tripMs) / 8;
        probe(tripMs, nowMs);
        if (starting && tripMs > 1.5 * nearMs()) {
            starting = rate == 0;
        }
    }

    /**
     * The shortest round trip counts for a while. Then the way may be another, and next to nothing is sent until what is
     * queued has drained, and a round trip more: BBR.
     */
    private void probe(long tripMs, long nowMs) {
        if (shortestMs < 0 || tripMs <= shortestMs) {
            shortest(tripMs, nowMs);
        } else if (probedSinceMs < 0) {
            probedSinceMs = nowMs - shortestSinceMs > Timing.SHORTEST_TRIP_MS ? nowMs : -1;
            probedMs = -1;
        } else if (nowMs - probedSinceMs > smoothedMs) {
            probedMs = probedMs < 0 ? tripMs : Math.min(probedMs, tripMs);
            if (nowMs - probedSinceMs > 2 * smoothedMs) {
                shortest(probedMs, nowMs);
            }
        }
    }

    private void shortest(long tripMs, long nowMs) {
        shortestMs = tripMs;
        shortestSinceMs = nowMs;
        probedSinceMs = -1;
    }

    /** Several packets in a row got lost: there were too many for the line's queue. */
    void lost(int packets, int came) {
        lossShare = 1 - (1 - lossShare) * Math.pow(1 - 1 / LOSS_MEMORY, packets);
        boolean overflow = packets >= OVERFLOW && packets >= came;
        starting &= rate == 0 || !overflow;
    }

    /** A packet has come. */
    void came(Flown flown, long nowMs) {
        cameBytes += flown.bytes();
        cameMs = nowMs;
        lossShare -= lossShare / LOSS_MEMORY;
        if (starting && flown.pressed()) {
            startWindow += flown.bytes();
        }
    }

    /** The newest of some packets that have come tells how fast they arrive. */
    void judge(Flown newest, long nowMs) {
        long tookMs = Math.max(1, nowMs - newest.cameMs());
        double seen = (cameBytes - newest.cameBytes()) * 1e3 / tookMs;
        rateSeen = newest.pressed() || seen > rate ? Math.max(rateSeen, seen) : rateSeen;
        rate = Math.max(rateBefore, rateSeen);
        if (newest.pressed() && newest.cameBytes() >= roundFrom) {
            roundFrom = cameBytes;
            round();
        }
    }

    private void round() {
        if (++rounds % (ROUNDS / 2) == 0) {
            rateBefore = rateSeen;
            rateSeen = 0;
        }
        if (rate > GROWTH * rateAtRound) {
            rateAtRound = rate;
            fullRounds = 0;
        } else {
            starting &= ++fullRounds < FULL_ROUNDS;
        }
    }
}

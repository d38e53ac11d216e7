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

    /** What leaves on a line that nothing is known of; a guess: a second of 64 kbit/s. */
    private static final double WINDOW_FIRST = 6.0 * PACKET;

    /** More than arrives, so that a line that has become faster is noticed; BBR: 1.25, in an eighth of the time. */
    private static final double RATE_GAIN = 1.1;

    private static final double WINDOW_GAIN = 1.25;

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
    private long shortestNowMs = -1;
    private long shortestSinceMs;
    private long smoothedMs = -1;
    private double tokens;
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
        return !isFull(underWay) && waitMs(nowMs) == 0;
    }

    /** Whether a packet more would be too much under way. */
    boolean isFull(long underWay) {
        return (starting || rate == 0 ? underWay : underWay + PACKET) >= window();
    }

    /** How long until the pace, if not the window, lets another leave. */
    long waitMs(long nowMs) {
        if (starting) {
            return 0;
        }
        double perMs = RATE_GAIN * leastRate() / 1e3;
        tokens = Math.min(perMs * Timing.PACE_BURST_MS, tokens + perMs * Math.max(0, nowMs - refilledMs));
        refilledMs = nowMs;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perMs);
    }

    void left(int bytes) {
        tokens = starting ? 0 : tokens - bytes;
    }

    /** However slowly it seems to arrive, a packet may leave in each round trip: it tells whether that has changed. */
    private double leastRate() {
        return Math.max(rate, PACKET * 1e3 / Math.max(1, smoothedMs));
    }

    double window() {
        return starting ? startWindow : Math.max(2 * PACKET, WINDOW_GAIN * pipe() + receiptEvery() * PACKET);
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

    /** A receipt was here so long after what asked for it. */
    void measured(long tripMs, long nowMs) {
        smoothedMs = smoothedMs < 0 ? tripMs : (7 * smoothedMs + tripMs) / 8;
        if (nowMs - shortestSinceMs > Timing.SHORTEST_TRIP_MS) {
            shortestMs = shortestNowMs;
            shortestNowMs = -1;
            shortestSinceMs = nowMs;
        }
        shortestNowMs = shortestNowMs < 0 ? tripMs : Math.min(shortestNowMs, tripMs);
        shortestMs = shortestMs < 0 ? tripMs : Math.min(shortestMs, tripMs);
        if (starting && tripMs > 1.5 * nearMs()) {
            starting = rate == 0;
        }
    }

    /** Several packets in a row got lost: there were too many for the line's queue. */
    void lost(int packets, int came) {
        boolean overflow = packets >= OVERFLOW && packets >= came;
        starting &= rate == 0 || !overflow;
    }

    /** A packet has come. */
    void came(Flown flown, long nowMs) {
        cameBytes += flown.bytes();
        cameMs = nowMs;
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

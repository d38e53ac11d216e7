// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.engine.Flight.Flown;
import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import java.util.stream.Stream;

/**
 * The line to one of our own nodes: what may leave on it, when that node is to say what has come, and what got lost. A
 * node that is sent a packet now and then is asked nothing.
 */
final class Line {

    /** A guess, to be measured: well below what one core decodes. */
    private static final double PACKETS_PER_SECOND = 8_000;

    private static final double PACKETS_BURST = 512;

    /** What is tried on a silent line. A guess: what a sensor has to say, and not more than 9.6 kbit/s carry. */
    private static final double BLIND_PER_SECOND = 2;

    private static final double BLIND_BURST = 2;

    /** From this share on each packet asks for a receipt: comparing what both hold finds too late what lacks. A guess. */
    private static final double LOSSY = 0.15;

    /** How slowly the share of what gets lost is forgotten, in packets. A guess. */
    private static final double LOSS_MEMORY = 64;

    /** Up to this share what leaves may be taken for come. A guess: one packet in fifty. */
    private static final double TRUSTED = 0.02;

    /**
     * Up to this share the ids of fragments are left to those before them: a lost one takes along up to seven others, and each
     * saves 2.5 %. That is some 130 packets after a loss.
     */
    private static final double CLEAN = 0.002;

    /** And so many have to have come one after the other: nobody knows how much a new line loses. A guess: a round trip's. */
    private static final int CLEAN_IN_A_ROW = 32;

    /**
     * So many packets leave without a question. What leaves for a node that has just lost its power is lost, and comparing
     * finds a few soon, but not the hundreds of several such moments. A guess: receipts for a hundredth of the bytes.
     */
    private static final int UNTOLD_MAX = 16;

    /** If that takes longer, they are too rare to be worth a question. A guess: more than one a second. */
    private static final long UNTOLD_MS = 15_000;

    private static final int DOUBLINGS_MAX = 4;

    /** Questions a second apart, before they become rarer: one of them is answered at 60 % loss, in 94 %. */
    private static final int FIRST_QUESTIONS = 16;

    /** A line counts as dead when it would not lose so many questions or answers in a row but one time in a hundred. */
    private static final double DEAD = 0.01;

    private static final int QUESTIONS_MAX = 64;

    /** What lacks after so many questions in vain was not lost by chance: the line was cut. A guess. */
    private static final int CUT = 8;

    private final TokenBucket packets;
    private final TokenBucket blind;
    private final LinkPace pace = new LinkPace();
    private final Flight flight = new Flight();
    private double lossShare;
    private int cameInARow;
    private int sinceAsked;
    private long untoldSinceMs = Long.MIN_VALUE / 2;
    private int number;
    private final BoundedMap<Integer, Long> askedMs = new BoundedMap<>(QUESTIONS_MAX);
    private long activeMs;
    private long heldMs = Long.MIN_VALUE / 2;
    private boolean isHeld;
    private int inVain;

    Line(long nowMs) {
        packets = new TokenBucket(PACKETS_PER_SECOND, PACKETS_BURST, nowMs);
        blind = new TokenBucket(BLIND_PER_SECOND, BLIND_BURST, nowMs);
    }

    boolean mayLeave(long nowMs) {
        if (!flight.isAsked()) {
            flight.thereBefore(nowMs - pace.timeoutMs());
            // Nobody will tell of these; comparing what both hold will.
            flight.leftBefore(nowMs - UNTOLD_MS);
        }
        return pace.mayLeave(underWay(nowMs), nowMs) && packets.tryTake(nowMs);
    }

    /** Whether something new may leave on a line that does not answer: it may carry one way. */
    boolean mayLeaveBlindly(long nowMs) {
        return isSilent() && blind.tryTake(nowMs);
    }

    /** The other was out of reach, and is to say first what it has got. */
    void hold(long nowMs) {
        heldMs = nowMs;
        activeMs = nowMs;
        isHeld = true;
        cameInARow = 0;
        flight.forgetThere();
    }

    /** Whether the other has said nothing since then. */
    boolean isHeldSince(long timeMs) {
        return isHeld && heldMs <= timeMs;
    }

    /** It may be sent what has waited for it before that. */
    void unhold() {
        isHeld = false;
    }

    /** It will not say: that is found out in another way. @return what was under way */
    List<CachedPacket> letGo() {
        isHeld = false;
        return packets(flight.leftBefore(heldMs));
    }

    /** On a line that loses much what is overdue is lost rather than late, as long as it is not dead. */
    private long underWay(long nowMs) {
        double vain = 1 - (1 - lossShare) * (1 - lossShare);
        boolean late = lossShare > LOSSY && Math.pow(vain, inVain) > DEAD;
        long sinceMs = Math.max(heldMs, late ? nowMs - pace.timeoutMs() : heldMs);
        return sinceMs > Long.MIN_VALUE / 2 ? flight.bytesSince(sinceMs) : flight.bytes();
    }

    /** How long until something is to be done though nothing comes: send, or ask. */
    long waitMs(long nowMs) {
        long underWay = underWay(nowMs);
        // What nobody tells of counts as there by then.
        long toldMs = flight.isAsked() ? answerWaitMs(nowMs) : pace.timeoutMs();
        if (pace.isFull(underWay)) {
            return toldMs;
        }
        long leaveWaitMs = Math.max(pace.waitMs(underWay, nowMs), packets.waitMs(nowMs));
        return Math.max(1, Math.min(leaveWaitMs, toldMs));
    }

    /** How long until it is to be asked what has come, while there is nothing to send. */
    long answerWaitMs(long nowMs) {
        return Math.max(1, askWaitMs(nowMs));
    }

    /** A packet leaves; what it has to say to the next hop. It asks in any case when it is a probe: whether it is kept, or known. */
    int left(CachedPacket packet, int sizeBytes, boolean again, boolean more, boolean probes, long nowMs) {
        int bytes = sizeBytes + Limits.DATAGRAM_HEADER_BYTES;
        boolean asks = probes || asks(underWay(nowMs) + bytes, more) || isUntold(nowMs);
        activeMs = flight.isAsked() ? activeMs : nowMs;
        flight.left(new Flown(
                packet,
                bytes,
                nowMs,
                again,
                underWay(nowMs) == 0,
                asks,
                more,
                pace.cameBytes(),
                flight.isIdle() ? nowMs : pace.cameMs(),
                false));
        pace.left(bytes);
        lossShare -= lossShare / LOSS_MEMORY;
        sinceAsked = asks ? 0 : sinceAsked + 1;
        untoldSinceMs = asks ? nowMs : untoldSinceMs;
        return (asks ? AgeStamp.ASKS : 0) | (more ? AgeStamp.MORE : 0);
    }

    /** Whether many have left since the last question, and not just one now and then. */
    private boolean isUntold(long nowMs) {
        if (flight.isAsked() || sinceAsked + 1 < UNTOLD_MAX) {
            return false;
        }
        boolean soon = nowMs - untoldSinceMs < UNTOLD_MS;
        sinceAsked = -1;
        untoldSinceMs = nowMs;
        return soon;
    }

    private boolean asks(long underWay, boolean more) {
        if ((more || pace.roundTripMs() < 0) && !flight.isAsked() || lossShare > LOSSY) {
            return true;
        }
        boolean enough = !more || sinceAsked + 1 >= pace.receiptEvery();
        return enough && underWay >= pace.pressing() || pace.isFull(underWay);
    }

    Stream<CachedPacket> underWay() {
        return flight.packets();
    }

    /** Of what was sent lately, the share that got lost, 0 to 1. */
    double lossShare() {
        return lossShare;
    }

    /** Whether what leaves may be taken for come: the other takes it, as it has told, and little gets lost. */
    boolean isTrusted() {
        return pace.roundTripMs() >= 0 && !isSilent() && lossShare <= TRUSTED;
    }

    /** Whether more gets lost of what leaves than now and then a packet, or nobody answers. */
    boolean isLossy() {
        return isSilent() || lossShare > TRUSTED;
    }

    /** Whether next to nothing gets lost of what leaves. */
    boolean isClean() {
        return isTrusted() && lossShare <= CLEAN && cameInARow >= CLEAN_IN_A_ROW;
    }

    /** What was sent got lost, as comparing what both hold has shown. */
    void lost() {
        cameInARow = 0;
        lossShare += (1 - lossShare) / LOSS_MEMORY;
    }

    /**
     * What has come, and what got lost, in the order in which it had left.
     *
     * @param presumed what most likely came, before those that a receipt names
     */
    record Told(List<CachedPacket> came, List<CachedPacket> presumed, List<CachedPacket> lost) {}

    /** The other has told what came. */
    Told told(Receipt receipt, long nowMs) {
        boolean wasAlive = inVain < CUT;
        inVain = 0;
        activeMs = nowMs;
        List<Flown> presumed = reachesBack(receipt) ? List.of() : flight.leftBefore(receipt.names());
        underWay(presumed).forEach(flown -> pace.came(flown, nowMs));
        List<Flown> came = flight.came(receipt.names());
        underWay(came).forEach(flown -> pace.came(flown, nowMs));
        Flown newest = came.isEmpty() ? null : came.get(came.size() - 1);
        // One that nobody asked for, as after comparing, may come long after what it names.
        boolean isAnswer = came.stream().anyMatch(Flown::asked);
        long horizonMs = horizonMs(receipt, newest, isAnswer, nowMs);
        // Who can name none of the latest has them on their way to disk, and knows nothing any more of those before.
        boolean tells =
                receipt.isAfresh() || !receipt.isCut() || !receipt.names().isEmpty();
        List<Flown> lost = tells ? flight.leftBefore(horizonMs) : List.of();
        cameInARow = lost.isEmpty() ? Math.min(CLEAN_IN_A_ROW, cameInARow + came.size()) : 0;
        if (wasAlive && !lost.isEmpty()) {
            lost.forEach(flown -> lost());
            pace.lost(underWay(lost).size(), underWay(came).size());
        }
        return new Told(packets(came), packets(presumed), packets(lost));
    }

    /** What has been there for long, or has been lost, says nothing about how fast the line is. */
    private static List<Flown> underWay(List<Flown> flown) {
        return flown.stream().filter(each -> !each.there()).toList();
    }

    /**
     * Whether a receipt tells of all that is under way. When more has come than it can name, nobody knows of what left
     * before: as good as everything has come, and comparing what both hold finds what has not.
     */
    private boolean reachesBack(Receipt receipt) {
        List<Integer> names = receipt.names();
        return !receipt.isCut() || names.isEmpty() || !flight.contains(names.get(0));
    }

    private static List<CachedPacket> packets(List<Flown> flown) {
        return flown.stream().map(Flown::packet).toList();
    }

    /** What left before that time and has not come will not come. */
    private long horizonMs(Receipt receipt, Flown newest, boolean isAnswer, long nowMs) {
        if (receipt.isAfresh()) {
            isHeld = false;
            // What has left since the other was back may be on its way still.
            return Math.max(heldMs, nowMs - Math.max(0, pace.roundTripMs() + pace.roundTripMs() / 4));
        }
        Long askedThenMs = askedMs.get(receipt.number());
        if (askedThenMs != null) {
            askedMs.remove(receipt.number());
            pace.measured(pace.believable(nowMs - askedThenMs), nowMs);
        } else if (isAnswer
                && !newest.again()
                && receipt.number() != Receipt.FORGOTTEN
                && receipt.number() != Receipt.NOT_KEPT
                && isLast(newest, receipt)) {
            measured(newest, nowMs);
        }
        if (newest != null) {
            pace.judge(newest, nowMs);
        }
        long reorderMs = Math.max(pace.roundTripMs() / 4, Timing.REORDER_MS);
        long leftMs = newest == null ? Long.MIN_VALUE / 2 : newest.leftMs();
        return Math.max(leftMs, askedThenMs == null ? leftMs : askedThenMs) - reorderMs;
    }

    private void measured(Flown newest, long nowMs) {
        long tripMs = nowMs - newest.leftMs();
        if (newest.alone()) {
            pace.measuredAlone(tripMs, nowMs);
        } else {
            pace.measured(tripMs, nowMs);
        }
    }

    private static boolean isLast(Flown flown, Receipt receipt) {
        return Receipt.name(flown.packet().id())
                == receipt.names().get(receipt.names().size() - 1);
    }

    /** Whether the other is overdue with what it was to tell. */
    boolean isOverdue(long nowMs) {
        return askWaitMs(nowMs) <= 0;
    }

    private long askWaitMs(long nowMs) {
        return flight.isAsked() && !isHeld ? Math.max(0, activeMs + patienceMs() - nowMs) : Timing.NEVER_MS;
    }

    private long patienceMs() {
        long timeoutMs = pace.timeoutMs();
        if (pace.roundTripMs() < 0) {
            return timeoutMs << Math.max(0, Math.min(inVain - FIRST_QUESTIONS, DOUBLINGS_MAX));
        }
        long eagerMs = Math.max(Timing.ASK_PAUSE_MS, pace.nearMs());
        return inVain == 0 ? timeoutMs : Math.max(Timing.ASK_PAUSE_MS, Math.min(timeoutMs, eagerMs));
    }

    /** The number of a question that leaves. */
    int ask(long nowMs) {
        inVain++;
        activeMs = nowMs;
        askedMs.put(++number, nowMs);
        return number;
    }

    /** Whether what was asked is not answered. */
    boolean isSilent() {
        return inVain > 0;
    }

    /** Whether it has been silent for so long that this is not chance, and nothing shows yet that it is back. */
    boolean isCut() {
        return inVain >= CUT && !isHeld;
    }

    /** Whether it was asked not long ago what has come, with a packet, and has not told or only just has. */
    boolean isAskedOfLate(long nowMs) {
        return flight.isAsked() || nowMs - untoldSinceMs < Timing.ASK_PAUSE_MS;
    }

    /** Whether a receipt is to be expected. */
    boolean isAsked() {
        return flight.isAsked();
    }

    /** Whether packets are under way that will be told of soon, and repaired then if need be. */
    boolean isBusy() {
        return flight.isAsked() && pace.roundTripMs() >= 0;
    }

    /** After this time what was asked is overdue. */
    long timeoutMs() {
        return pace.timeoutMs();
    }

    /** Milliseconds; -1 while unmeasured. */
    long roundTripMs() {
        return pace.roundTripMs();
    }
}

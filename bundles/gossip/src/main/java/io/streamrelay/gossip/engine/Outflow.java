// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What waits to be sent to one peer: live packets before repairs, at the pace that the peer can take. What does not
 * fit is left out: anti-entropy finds it later.
 */
final class Outflow {

    private final Pace pace;
    private final Line line;
    private final SendQueue queue = new SendQueue();
    private final BacklogPace backlog = new BacklogPace();
    /** Fragments that have come there last: while one before them lacks they are in the peer's memory alone. */
    private final Deque<CachedPacket> newlyCame = new ArrayDeque<>();

    private final Map<Id, Sending> sendings = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Sending> eldest) {
            return size() > Limits.SENDINGS_MAX;
        }
    };
    /** What the peer had no room for, of those that it would be sent again too late otherwise. */
    private final Declined declined = new Declined();

    /** What has waited for one of our own nodes that is back, until it says from whom it takes that; null when nothing does. */
    private List<CachedPacket> held;

    /** Whether the peer has not said yet what it has got: what it says soon after that it says again. */
    private boolean awaitsWord;

    private long afreshMs = Long.MIN_VALUE / 2;
    private boolean keeps = true;
    private final SharedValues shared;
    private int flags;
    private ShortForm shortForm;
    private boolean isRepair;
    private long lookAgainMs = Long.MAX_VALUE;

    private Outflow(Pace pace, Line line, SharedValues shared) {
        this.pace = pace;
        this.line = line;
        this.shared = shared;
    }

    /** @param firstName where the names of values begin, which are for kin alone */
    static Outflow toward(boolean kin, int firstName, long nowMs) {
        return kin
                ? new Outflow(null, new Line(nowMs), new SharedValues(firstName))
                : new Outflow(Pace.ofReference(nowMs), null, null);
    }

    /** The line to one of our own nodes; null to a reference peer. */
    Line line() {
        return line;
    }

    /** How fast what is not new leaves, in kilobits a second; 0 = as fast as the link carries it. */
    void backlogRate(int kilobitsPerSecond, long nowMs) {
        backlog.rate(kilobitsPerSecond, nowMs);
    }

    /** A new packet of another cluster. @return false when too many wait */
    boolean offerForeign(CachedPacket packet) {
        return queue.offerForeign(packet);
    }

    /** @return false when the queue is full */
    boolean offerLive(CachedPacket packet) {
        if (backlog.isLimited()) {
            queue.makeRoom();
        }
        return queue.offerLive(packet, line != null && line.isSilent());
    }

    /** Whether this peer was sent a packet. */
    boolean wasSent(CachedPacket packet) {
        return sendings.containsKey(packet.id());
    }

    /** Whether this peer was sent a packet more than once: it seems not to keep it. */
    boolean wasRepaired(CachedPacket packet) {
        Sending last = sendings.get(packet.id());
        return last != null && last.times > 1;
    }

    /** The peer has said that it holds a packet, or has had it. */
    void settle(CachedPacket packet, long nowMs) {
        settle(packet, line != null, nowMs);
    }

    private void settle(CachedPacket packet, boolean came, long nowMs) {
        int asIfTimes = came ? Sending.TIMES_THERE : Sending.TIMES_MAX;
        Sending last =
                sendings.put(packet.id(), new Sending(nowMs, asIfTimes, Limits.LOST_TIMES_MAX, true, false, came));
        queue.remove(packet, last != null && last.waits);
        declined.remove(packet.id());
    }

    /** The peer has no room for these. */
    void decline(List<CachedPacket> packets, long nowMs) {
        for (CachedPacket packet : packets) {
            settle(packet, false, nowMs);
            declined.add(packet, nowMs);
        }
    }

    boolean hasDeclined() {
        return !declined.isEmpty();
    }

    /** What of a subcluster the peer had no room for may be sent again; in the order in which it came here. */
    List<CachedPacket> takeDeclined(Id subcluster) {
        List<CachedPacket> taken = declined.take(subcluster);
        taken.forEach(packet -> sendings.remove(packet.id()));
        return taken;
    }

    /** The peer is back: what has waited for it may come to it from others, too. */
    void hold(long nowMs) {
        held = queue.takeAll();
        held.forEach(packet -> sendings.remove(packet.id()));
        awaitsWord = true;
        shared.doubt();
        line.hold(nowMs);
    }

    /** What is held is no longer. What was under way when the peer went is told of by a receipt. */
    void unhold() {
        if (held != null) {
            release(List.of());
        }
    }

    /** Whether the peer was back by then and has said nothing since. */
    boolean isHeldSince(long timeMs) {
        return line != null && line.isHeldSince(timeMs);
    }

    boolean isHeld() {
        return held != null;
    }

    /** The peer has started again: what it lacks it may have had, and lost. */
    void begunAnew() {
        sendings.replaceAll((id, sending) -> sending.anew());
        declined.clear();
        shared.forget();
        Map<Id, Integer> gaps = new HashMap<>();
        Stream.of(queue.lost(), line.underWay(), held == null ? Stream.<CachedPacket>empty() : held.stream())
                .flatMap(packets -> packets)
                .filter(CachedPacket::isFragmented)
                .forEach(packet -> gaps.merge(packet.headId(), packet.packet().index(), Math::min));
        newlyCame.stream()
                .filter(packet -> packet.packet().index() > gaps.getOrDefault(packet.headId(), Integer.MAX_VALUE))
                .filter(packet -> !packet.isGone())
                .forEach(packet -> queue.offerLost(packet, backlog.isLimited()));
        newlyCame.clear();
    }

    private void there(CachedPacket packet) {
        Sending last = sendings.get(packet.id());
        if (last != null) {
            last.came = true;
        }
    }

    /** Whether the peer has told that a packet came, or something that left after it. */
    boolean hasCome(CachedPacket packet) {
        return hasCome(packet.id());
    }

    private boolean hasCome(Id packet) {
        Sending last = sendings.get(packet);
        return last != null && last.came;
    }

    /** Whether the peer has said that it holds a packet, has had it, or has no room for it, not too long ago. */
    boolean isSettled(CachedPacket packet, long nowMs) {
        Sending last = sendings.get(packet.id());
        return last != null && last.times >= Sending.TIMES_MAX && !last.mayRepeat(0, nowMs);
    }

    /** The peer wants a packet, though it may have had it. */
    void wanted(CachedPacket packet) {
        if (!declined.contains(packet.id())) {
            sendings.computeIfPresent(packet.id(), (id, last) -> last.isOver() ? last.lost() : last);
        }
    }

    private void came(CachedPacket packet, boolean isKept) {
        queue.remove(packet, false);
        if (isKept) {
            there(packet);
        }
        shared.came(packet.packet());
        if (packet.isFragmented()) {
            newlyCame.add(packet);
            if (newlyCame.size() > Limits.NEWLY_CAME_MAX) {
                newlyCame.remove();
            }
        }
    }

    /** What both hold is compared: that finds what the peer still lacks of what was held for it. */
    void compared() {
        if (held != null) {
            line.letGo().forEach(packet -> sendings.remove(packet.id()));
            shared.doubt();
            held = null;
        }
    }

    /** What was held leaves; false when nothing was. */
    boolean release() {
        if (held == null) {
            return false;
        }
        return release(line.letGo());
    }

    /** What was under way when the peer went, and what has waited since, as if for the first time; false when nothing. */
    private boolean release(List<CachedPacket> lost) {
        List<CachedPacket> all = new ArrayList<>(lost);
        all.addAll(held == null ? List.of() : held);
        held = null;
        shared.doubt();
        line.unhold();
        boolean any = false;
        for (CachedPacket packet : all) {
            sendings.remove(packet.id());
            any |= !packet.isGone() && queue.offerRepair(packet);
        }
        return any;
    }

    /**
     * The peer has told what came. What did not goes again, before all else: others may wait for it there.
     */
    Line.Told told(Receipt receipt, long nowMs) {
        boolean repeats = receipt.isAfresh() && !awaitsWord && nowMs - afreshMs < Timing.ANSWER_FIRST_MS;
        if (receipt.isAfresh() && awaitsWord) {
            awaitsWord = false;
            afreshMs = nowMs;
        }
        if (backlog.isLimited() && line.isCut()) {
            queue.miss();
        }
        Line.Told told = line.told(repeats ? receipt.said() : receipt, nowMs);
        told.came().forEach(packet -> came(packet, receipt.number() != Receipt.NOT_KEPT));
        if (receipt.number() != Receipt.NOT_KEPT) {
            told.presumed().forEach(this::there);
        }
        if (receipt.names().isEmpty() && !receipt.isCut() || receipt.number() == Receipt.FORGOTTEN) {
            // It may have started again: whoever remembers that something has come knows what that has taught.
            shared.forget();
        }
        if (held != null && receipt.isAfresh()) {
            held.removeAll(told.came());
            release(told.lost());
            return told;
        }
        keeps = told.came().isEmpty() ? keeps : receipt.number() != Receipt.NOT_KEPT;
        if (!told.lost().isEmpty()) {
            shared.doubt();
        }
        for (CachedPacket packet : told.lost()) {
            Sending last = sendings.get(packet.id());
            if (last != null && last.losses < Limits.LOST_TIMES_MAX && queue.offerLost(packet, last.ofBacklog)) {
                sendings.put(packet.id(), last.waiting());
            }
        }
        return told;
    }

    /** Whether it keeps what comes; who cannot commit it is sent one packet now and then, to see whether it can. */
    boolean keeps() {
        return keeps;
    }

    /** A packet is held no more: what was sent of it, or was to be, is of no use. */
    void forget(CachedPacket packet) {
        sendings.remove(packet.id());
        declined.remove(packet.id());
        queue.forget(packet);
    }

    /** @return false when the queue is full, or the packet waits already or was sent not long ago */
    boolean offerRepair(CachedPacket packet, long nowMs) {
        Sending last = sendings.get(packet.id());
        long onTheWayMs = line == null ? 0 : line.roundTripMs() + line.roundTripMs() / 2;
        boolean wasDeclined = declined.contains(packet.id());
        boolean offered = (last == null || last.mayRepeat(onTheWayMs, nowMs))
                && (!wasDeclined || declined.mayTry(packet, this::hasCome, nowMs))
                && queue.offerRepair(packet);
        if (offered && wasDeclined) {
            declined.tries(packet, this::hasCome, nowMs);
        }
        if (offered && last != null && line != null) {
            shared.doubt();
            if (nowMs - last.atMs < Timing.LOSS_SHOWN_MS) {
                line.lost();
            }
        }
        return offered;
    }

    /** The next packet that may leave now, or null. */
    CachedPacket poll(long nowMs) {
        if (queue.isEmpty()) {
            return null;
        }
        boolean ofBacklog = isBacklogNext();
        if (ofBacklog && backlog.waitMs(nowMs) > 0) {
            return null;
        }
        if (line == null ? pace.tryTake(nowMs) : line.mayLeave(nowMs)) {
            return leave(queue.poll(), ofBacklog, nowMs);
        }
        boolean tries = line != null && queue.hasUntried() && line.mayLeaveBlindly(nowMs);
        return tries ? leave(new SendQueue.Next(queue.pollUntried(), SendQueue.Kind.LIVE), ofBacklog, nowMs) : null;
    }

    /** Whether nothing new waits; on a line that was cut what was new is not. */
    private boolean isBacklogNext() {
        return line != null && line.isCut() || !queue.hasLive();
    }

    private CachedPacket leave(SendQueue.Next next, boolean ofBacklog, long nowMs) {
        CachedPacket packet = next.packet();
        boolean wasLost = next.kind() == SendQueue.Kind.LOST;
        Sending last = sendings.remove(packet.id());
        int times = last == null ? (wasLost ? 1 : 0) : last.times;
        int losses = last == null ? 0 : last.losses;
        isRepair = next.kind() == SendQueue.Kind.REPAIR || wasLost && last != null && last.isRepair;
        Sending now = wasLost
                ? new Sending(nowMs, times, losses + 1, isRepair, false, false)
                : new Sending(nowMs, Math.max(times, Math.min(times + 1, timesMax())), losses, isRepair, false, false);
        now.ofBacklog = ofBacklog && backlog.isLimited();
        sendings.put(packet.id(), now);
        queue.remove(packet, false);
        if (line == null) {
            charge(ofBacklog, packet.packet().size(), nowMs);
        } else {
            shortForm = shared.shortForm(packet, last != null && last.wentAgain(), line.isTrusted(), line.isClean());
            int sizeBytes = shortForm == null ? packet.packet().size() : shortForm.size();
            charge(ofBacklog, sizeBytes, nowMs);
            boolean again = last != null && nowMs - last.atMs < line.timeoutMs();
            boolean asks = shared.asks() && isEmpty() || !keeps || declined.isTrial(packet);
            // What waits for its rate says nothing of the link's: it would be taken for one that carries no more.
            boolean more = !isEmpty();
            boolean isHeldBack = more && isHeldBack(nowMs);
            asks |= isHeldBack && !line.isAskedOfLate(nowMs);
            flags = line.left(packet, sizeBytes, again, more && !isHeldBack, asks, nowMs) | (more ? AgeStamp.MORE : 0);
        }
        return packet;
    }

    private void charge(boolean ofBacklog, int sizeBytes, long nowMs) {
        if (ofBacklog) {
            backlog.left(sizeBytes + Limits.DATAGRAM_HEADER_BYTES, nowMs);
        }
    }

    /** Whether all that waits is to leave later, whatever the link carries. */
    private boolean isHeldBack(long nowMs) {
        return backlog.waitMs(nowMs) > 0 && isBacklogNext();
    }

    /** How the packet that was polled last is told; null when as it is. */
    ShortForm shortForm() {
        return shortForm;
    }

    private int timesMax() {
        return line == null ? Sending.TIMES_MAX : Sending.TIMES_KIN;
    }

    /** What the packet that was polled last has to say to the next hop. */
    int flags() {
        return flags;
    }

    /** Whether the packet that was polled last mends a gap: what got lost just now does not, when it was new. */
    boolean isRepair() {
        return isRepair;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** How many packets wait to leave, those included that are held for it. */
    int waiting() {
        return queue.size() + (held == null ? 0 : held.size());
    }

    /** Whether packets are on their way that the peer lacks. */
    boolean isBusy() {
        return line == null ? queue.hasRepairs() : !isEmpty() || line.isBusy();
    }

    /** The time until it is to be looked at again, when that is earlier than it would be anyway; else -1. */
    long lookAgain(long nowMs) {
        boolean idle = isEmpty() && (line == null || !line.isAsked());
        long atMs = nowMs + waitMs(nowMs);
        if (idle || atMs >= lookAgainMs) {
            return -1;
        }
        lookAgainMs = atMs;
        return atMs - nowMs;
    }

    private long waitMs(long nowMs) {
        if (line == null) {
            return Math.max(pace.waitMs(nowMs), isHeldBack(nowMs) ? backlog.waitMs(nowMs) : 0);
        }
        if (!isEmpty() && isHeldBack(nowMs)) {
            return Math.min(backlog.waitMs(nowMs), line.answerWaitMs(nowMs));
        }
        return isEmpty() ? line.answerWaitMs(nowMs) : line.waitMs(nowMs);
    }

    /** Whether this is the time of the latest look that was asked for, not of one that was overtaken. */
    boolean isDue(long nowMs) {
        return nowMs >= lookAgainMs;
    }

    /** It is looked at. */
    void looked() {
        lookAgainMs = Long.MAX_VALUE;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hands on what senders sent, each sender's items in their order. An item that comes early is held until those before
 * it have come, it has waited long enough, or there is no room to wait; one that comes late is handed on at once. Items
 * go to {@code out} during a call. Used by one thread at a time.
 */
public final class OrderRestorer<T> {

    private record Sender(Id key, long epoch) {}

    private final OrderLimits limits;
    private final OrderRoom room;
    private final OrderHost host;
    private final Map<Sender, SenderOrder<T>> senders = new LinkedHashMap<>(16, 0.75f, true);
    private OrderWait wait = OrderWait.of(OrderWait.DEFAULT);

    /** @param room what it shares with others */
    public OrderRestorer(OrderLimits limits, OrderRoom room, OrderHost host) {
        this.limits = limits;
        this.room = room;
        this.host = host;
    }

    /** How long items wait from now on, those included that do; {@link #expire} is to follow. */
    public void waitFor(OrderWait next) {
        wait = next;
    }

    /** Goes on where a sender's order once was. */
    public void restore(Id sender, long epoch, OrderState state) {
        if (senders.size() < limits.sendersMax()) {
            SenderOrder<T> order = new SenderOrder<>(limits, room, host);
            senders.put(new Sender(sender, epoch), order);
            order.restore(state);
            forgetGaps();
        }
    }

    /** What was handed on of a sender that is known. */
    public OrderState state(Id sender, long epoch) {
        return senders.get(new Sender(sender, epoch)).state();
    }

    /** What was given up and has not come since, of all senders that are known. */
    public List<GapInfo> gaps() {
        List<GapInfo> all = new ArrayList<>();
        senders.forEach((sender, order) -> order.gaps()
                .list()
                .forEach(gap ->
                        all.add(new GapInfo(sender.key(), sender.epoch(), gap.from(), gap.to(), gap.sinceMs()))));
        return all;
    }

    /**
     * Takes an item.
     *
     * @return false when the sender's item of that number has been taken before; this one is then left out
     */
    public boolean accept(Id sender, long epoch, Sequenced<T> item, Consumer<? super T> out) {
        Sender key = new Sender(sender, epoch);
        SenderOrder<T> order = senders.get(key);
        if (order == null) {
            makeRoom(out);
            order = new SenderOrder<>(limits, room, host);
            senders.put(key, order);
        }
        boolean isNew = order.accept(item, out);
        order.expire(item.arrivedMs(), wait, out);
        keepWithinRoom(out);
        forgetGaps();
        return isNew;
    }

    /** Hands on what has waited long enough. */
    public void expire(long nowMs, Consumer<? super T> out) {
        // As a copy: whoever takes an item asks for its sender's state, which reorders the map.
        List<SenderOrder<T>> due = senders.values().stream()
                .filter(order -> order.deadlineMs(wait) <= nowMs)
                .toList();
        due.forEach(order -> order.expire(nowMs, wait, out));
        forgetGaps();
    }

    /** Hands on an item, and those before it, for it can wait no longer. One that does not wait is no error. */
    public void release(Id sender, long epoch, long sequence, Consumer<? super T> out) {
        SenderOrder<T> order = senders.get(new Sender(sender, epoch));
        if (order != null) {
            order.release(sequence, out);
        }
    }

    /** When {@link #expire} has something to do; Long.MAX_VALUE when nothing waits. */
    public long deadlineMs() {
        long deadline = Long.MAX_VALUE;
        for (SenderOrder<T> order : senders.values()) {
            deadline = Math.min(deadline, order.deadlineMs(wait));
        }
        return deadline;
    }

    private void makeRoom(Consumer<? super T> out) {
        if (senders.size() >= limits.sendersMax()) {
            Iterator<Map.Entry<Sender, SenderOrder<T>>> each =
                    senders.entrySet().iterator();
            Map.Entry<Sender, SenderOrder<T>> longestUnused = each.next();
            longestUnused.getValue().flush(out);
            Sender forgotten = longestUnused.getKey();
            senders.remove(forgotten);
            host.forgotten(forgotten.key(), forgotten.epoch());
        }
    }

    /** Who was not heard for longest forgets first. */
    private void forgetGaps() {
        while (room.hasTooManyGaps()) {
            boolean forgot =
                    senders.values().stream().anyMatch(order -> order.gaps().forgetLowest());
            if (!forgot) {
                return;
            }
        }
    }

    /** Who has waited longest here makes room, whoever has taken it: the others are on threads of their own. */
    private void keepWithinRoom(Consumer<? super T> out) {
        while (room.isOver()) {
            SenderOrder<T> longestWaiting = senders.values().stream()
                    .min(Comparator.comparingLong(SenderOrder::longestWaitingMs))
                    .orElseThrow();
            if (longestWaiting.longestWaitingMs() == Long.MAX_VALUE) {
                return;
            }
            longestWaiting.giveUp(OrderHost.NO_ROOM, out);
        }
    }
}

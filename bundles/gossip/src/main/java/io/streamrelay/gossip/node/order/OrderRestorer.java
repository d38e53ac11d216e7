// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import io.streamrelay.api.Id;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hands on what senders sent, each sender's items in their order. An item that comes early is held until those before
 * it have come, or it has waited long enough; one that comes late is handed on at once. Items go to {@code out} during
 * a call. Used by one thread at a time.
 */
public final class OrderRestorer<T> {

    /** Told of a sender that had to be forgotten. */
    public interface Forgotten {
        void forgotten(Id sender, long epoch);
    }

    private record Sender(Id key, long epoch) {}

    private final OrderLimits limits;
    private final Forgotten onForget;
    private final Map<Sender, SenderOrder<T>> senders = new LinkedHashMap<>(16, 0.75f, true);

    public OrderRestorer(OrderLimits limits, Forgotten onForget) {
        this.limits = limits;
        this.onForget = onForget;
    }

    /** Goes on where a sender's order once was. */
    public void restore(Id sender, long epoch, OrderState state) {
        if (senders.size() < limits.sendersMax()) {
            senders.put(new Sender(sender, epoch), new SenderOrder<>(limits, state));
        }
    }

    /** What was handed on of a sender that is known. */
    public OrderState state(Id sender, long epoch) {
        return senders.get(new Sender(sender, epoch)).state();
    }

    /**
     * Takes an item.
     *
     * @param sequence from 1 within the sender's epoch
     * @param bytes what it holds in memory
     * @param nowMs monotonic, in milliseconds
     * @return false when the sender's item of that number has been taken before; this one is then left out
     */
    public boolean accept(
            Id sender, long epoch, long sequence, int bytes, T item, long nowMs, Consumer<? super T> out) {
        Sender key = new Sender(sender, epoch);
        SenderOrder<T> order = senders.get(key);
        if (order == null) {
            makeRoom(out);
            order = new SenderOrder<>(limits);
            senders.put(key, order);
        }
        return order.accept(sequence, bytes, item, nowMs, out);
    }

    /** Hands on what has waited long enough. */
    public void expire(long nowMs, Consumer<? super T> out) {
        senders.values().forEach(order -> order.expire(nowMs, out));
    }

    /** When {@link #expire} has something to do; Long.MAX_VALUE when nothing waits. */
    public long deadlineMs() {
        long deadline = Long.MAX_VALUE;
        for (SenderOrder<T> order : senders.values()) {
            deadline = Math.min(deadline, order.deadlineMs());
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
            onForget.forgotten(forgotten.key(), forgotten.epoch());
        }
    }
}

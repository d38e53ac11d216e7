// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The messages that were handed to the engine and that it has not answered for yet. Thread-safe. */
final class Publications {

    /** Told once what became of a message, on the engine's thread: it must be quick. */
    interface Settlement {
        void accepted(Receipt receipt);

        void refused(RefusedException refusal);
    }

    private final EventQueue queue;
    private final Counters counters;
    private final AtomicLong lastToken = new AtomicLong();
    private final Map<Long, Settlement> waiting = new ConcurrentHashMap<>();

    Publications(EventQueue queue, Counters counters) {
        this.queue = queue;
        this.counters = counters;
    }

    /** Sends to everybody in a subcluster. */
    void publish(Event.Outgoing message, Settlement settlement) {
        queue.command(new Event.Publish(register(settlement), message));
    }

    /** Sends to one peer. */
    void stream(Id to, Event.Outgoing message, Settlement settlement) {
        queue.command(new Event.Stream(register(settlement), to, message));
    }

    private long register(Settlement settlement) {
        long token = lastToken.incrementAndGet();
        waiting.put(token, settlement);
        return token;
    }

    void accepted(Action.Accepted answer) {
        Settlement settlement = waiting.remove(answer.token());
        if (settlement != null) {
            settlement.accepted(new Receipt(answer.packetId(), answer.packets()));
        }
    }

    void refused(Action.Refused answer) {
        Settlement settlement = waiting.remove(answer.token());
        if (settlement != null) {
            refuse(settlement, new RefusedException(answer.reason(), answer.detail()));
        }
    }

    /** Answers for the engine when it has ended. */
    void refuseAll() {
        for (Long token : waiting.keySet()) {
            Settlement settlement = waiting.remove(token);
            if (settlement != null) {
                refuse(settlement, new RefusedException(Refusal.CLOSED, "the node was closed"));
            }
        }
    }

    private void refuse(Settlement settlement, RefusedException refusal) {
        counters.increment(Refusals.counter(refusal));
        settlement.refused(refusal);
    }
}

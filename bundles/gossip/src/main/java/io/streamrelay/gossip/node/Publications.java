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
    private volatile boolean ended;

    Publications(EventQueue queue, Counters counters) {
        this.queue = queue;
        this.counters = counters;
    }

    /** Sends to everybody in a subcluster. */
    void publish(Event.Outgoing message, Settlement settlement) {
        long token = register(settlement);
        hand(token, new Event.Publish(token, message));
    }

    /** Sends to one peer. */
    void stream(Id to, Event.Outgoing message, Settlement settlement) {
        long token = register(settlement);
        hand(token, new Event.Stream(token, to, message));
    }

    private long register(Settlement settlement) {
        long token = lastToken.incrementAndGet();
        waiting.put(token, settlement);
        return token;
    }

    private void hand(long token, Event event) {
        if (ended) {
            end(token);
        } else {
            queue.command(event);
        }
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

    /** Answers for the engine, which has ended: for what waits now, and for what still comes. */
    void end() {
        ended = true;
        waiting.keySet().forEach(this::end);
    }

    private void end(long token) {
        refused(new Action.Refused(token, Refusal.CLOSED, "the node was closed"));
    }

    private void refuse(Settlement settlement, RefusedException refusal) {
        counters.increment(Refusals.counter(refusal));
        settlement.refused(refusal);
    }
}

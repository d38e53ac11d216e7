// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Restores the order of what comes while a new subscription is made beside an old one. Artemis has a queue for each, and
 * what the new one brings may overtake what only the old one has. What has come by both has come after all that only
 * the old one has: so each message waits for its last copy, or a while when there
 * is none, and takes that one's place.
 *
 * <pre>
 * the old one brings      3   4   5   6
 * the new one brings  5   6
 * as they come        5 3 6 4   5   6       each a little late:  3 4 5 6
 * </pre>
 *
 * Lives on the bridge's thread.
 */
final class Resequencer {

    /** How far one subscription may be ahead of the other: so long each message waits. Our own choice. */
    static final long AHEAD_MS = Twins.TOGETHER_MS;

    /**
     * @param ms when the first copy came
     * @param named how many subscriptions the copies that have come name, at the most
     */
    private record Held(Arrival arrival, Fingerprint fingerprint, long ms, int came, int named) {

        private Held another(Arrival copy) {
            return new Held(
                    arrival,
                    fingerprint,
                    ms,
                    came + 1,
                    Math.max(named, copy.subscriptions().size()));
        }

        /** A single copy may be one of two, whatever it names: the broker may be about to make the other subscription. */
        private boolean isComplete() {
            return came >= Math.max(2, named);
        }
    }

    private final BridgeThread thread;
    private final Consumer<Arrival> next;
    /** What may have overtaken others. */
    private final Deque<Held> mixed = new ArrayDeque<>();
    /** What came in order, but must not overtake those. */
    private final Deque<Held> behind = new ArrayDeque<>();

    private long closesMs = Long.MIN_VALUE;
    private boolean isTimed;

    /** @param next takes messages in their order */
    Resequencer(BridgeThread thread, Consumer<Arrival> next) {
        this.thread = thread;
        this.next = next;
    }

    /** A new subscription is about to be made. */
    void opens() {
        closesMs = Long.MAX_VALUE;
        mixed.addAll(behind);
        behind.clear();
    }

    /** It has been made, or is not waited for any more. */
    void closes() {
        closesMs = Math.min(closesMs, thread.nowMs() + AHEAD_MS);
    }

    /** Whether both subscriptions are needed to know the order. */
    boolean isAtWork() {
        return isOpen() || !mixed.isEmpty();
    }

    private boolean isOpen() {
        return thread.nowMs() < closesMs;
    }

    /** Takes a message that is no copy of another. One that does not say what it came by has no copies that are known. */
    void take(Arrival arrival) {
        if (mixed.isEmpty() && (!isOpen() || arrival.subscriptions().isEmpty())) {
            next.accept(arrival);
            return;
        }
        Held held = new Held(
                arrival,
                fingerprint(arrival),
                thread.nowMs(),
                1,
                arrival.subscriptions().size());
        (isOpen() ? mixed : behind).addLast(held);
        awaitFirst();
    }

    /** Another copy has come of a message that was taken before. */
    void cameAgain(Arrival copy) {
        if (mixed.isEmpty()) {
            return;
        }
        Fingerprint fingerprint = fingerprint(copy);
        Iterator<Held> oldestFirst = mixed.iterator();
        while (oldestFirst.hasNext()) {
            Held held = oldestFirst.next();
            if (held.fingerprint().equals(fingerprint)) {
                oldestFirst.remove();
                mixed.addLast(held.another(copy));
                release();
                return;
            }
        }
    }

    private static Fingerprint fingerprint(Arrival arrival) {
        return Fingerprint.of(arrival.message().topic(), arrival.message().payload());
    }

    private void awaitFirst() {
        if (!isTimed && !mixed.isEmpty()) {
            isTimed = true;
            thread.schedule(Math.max(0, mixed.getFirst().ms() + AHEAD_MS - thread.nowMs()), () -> {
                isTimed = false;
                release();
            });
        }
    }

    private void release() {
        while (!mixed.isEmpty() && isDue(mixed.getFirst())) {
            next.accept(mixed.removeFirst().arrival());
        }
        if (mixed.isEmpty()) {
            releaseAll();
        }
        awaitFirst();
    }

    private boolean isDue(Held first) {
        return first.isComplete() || first.ms() + AHEAD_MS <= thread.nowMs();
    }

    /** The order that they came in is all that there is: the connection has gone, or the broker sends no copies. */
    void givesUp() {
        closesMs = Long.MIN_VALUE;
        releaseAll();
    }

    private void releaseAll() {
        while (!mixed.isEmpty()) {
            next.accept(mixed.removeFirst().arrival());
        }
        while (!behind.isEmpty()) {
            next.accept(behind.removeFirst().arrival());
        }
    }

    /** Leaves to the broker what has not been handed on. */
    void refuseAll() {
        mixed.forEach(held -> held.arrival().refuse());
        mixed.clear();
        behind.forEach(held -> held.arrival().refuse());
        behind.clear();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Hands messages to the mesh in the order they came, many at a time, and acknowledges each when it and all before it
 * are committed. What the mesh does not take now is tried again, before anything that came later. Lives on the
 * bridge's thread.
 */
final class OutLane {

    /** What two deliveries of one message have in common. */
    record Key(int packetId, Fingerprint fingerprint) {}

    /** How many sends wait for their commit at once. Our own choice: several of the store's group commits. */
    static final int WINDOW = 512;

    /** How many acknowledged messages are remembered in case that the connection swallows the acknowledgement. */
    private static final int ACKNOWLEDGED_MAX = 1000;

    private static final class Entry {
        private final long number;
        private final Key key;
        private Message message;
        private Runnable acknowledgement;
        private boolean done;

        Entry(long number, Key key, Message message, Runnable acknowledgement) {
            this.number = number;
            this.key = key;
            this.message = message;
            this.acknowledgement = acknowledgement;
            this.done = message == null;
        }
    }

    private final Function<Message, CompletionStage<Receipt>> mesh;
    private final BridgeThread thread;
    private final StateLog log;
    private final Backoff backoff;
    private final Deque<Entry> unacknowledged = new ArrayDeque<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final List<Entry> refused = new ArrayList<>();
    private final Deque<Entry> acknowledged = new ArrayDeque<>();
    private final Map<Key, Entry> comingAgain = new HashMap<>();
    private long numbers;
    private int inFlight;
    private int window = WINDOW;
    private Entry refusedAtOnce;
    private boolean paused;
    private boolean stopped;

    OutLane(Function<Message, CompletionStage<Receipt>> mesh, BridgeThread thread, StateLog log, Backoff backoff) {
        this.mesh = mesh;
        this.thread = thread;
        this.log = log;
        this.backoff = backoff;
    }

    /**
     * Whether a message is one that was taken over an earlier connection; it is then not sent again, and acknowledged
     * when the first one is.
     */
    boolean takesAgain(Key key, Runnable acknowledgement) {
        Entry first = comingAgain.remove(key);
        if (first == null) {
            // A broker repeats itself before it goes on: what was acknowledged and is not here now was understood.
            comingAgain.values().removeIf(entry -> entry.acknowledgement == null);
            return false;
        }
        if (first.acknowledgement == null) {
            acknowledgement.run();
        } else {
            Runnable earlier = first.acknowledgement;
            first.acknowledgement = () -> {
                earlier.run();
                acknowledgement.run();
            };
        }
        return true;
    }

    /**
     * Takes an arrival over.
     *
     * @param messages what to send; empty when there is nothing but to acknowledge in turn
     */
    void take(Key key, List<Message> messages, Runnable acknowledgement) {
        for (int i = 0; i < messages.size() - 1; i++) {
            add(new Entry(numbers++, null, messages.get(i), () -> {}));
        }
        add(new Entry(numbers++, key, messages.isEmpty() ? null : messages.get(messages.size() - 1), acknowledgement));
        acknowledgeInOrder();
        send();
    }

    private void add(Entry entry) {
        unacknowledged.addLast(entry);
        if (!entry.done) {
            waiting.addLast(entry);
        }
    }

    /** The connection has gone, and with it the way to acknowledge: the broker will send again what it does not know. */
    void connectionLost() {
        comingAgain.clear();
        for (Entry entry : acknowledged) {
            comingAgain.put(entry.key, entry);
        }
        acknowledged.clear();
        for (Entry entry : unacknowledged) {
            if (entry.key != null) {
                comingAgain.put(entry.key, entry);
            }
        }
    }

    /** The broker has forgotten the session: nothing of it comes again. */
    void sessionForgotten() {
        comingAgain.clear();
    }

    /** How many arrivals were taken over that the mesh does not have yet. */
    int size() {
        return unacknowledged.size();
    }

    /** Whether nothing waits for its commit. */
    boolean isIdle() {
        return inFlight == 0;
    }

    /** Sends no more; what is not committed stays with the broker. */
    void stop() {
        stopped = true;
    }

    private void send() {
        while (!stopped && !paused && refusedAtOnce == null && inFlight < window && !waiting.isEmpty()) {
            Entry entry = waiting.removeFirst();
            inFlight++;
            CompletionStage<Receipt> committed = handOver(entry.message);
            if (committed.toCompletableFuture().isCompletedExceptionally()) {
                // Until it is known why, what follows must not overtake it.
                refusedAtOnce = entry;
            }
            committed.whenComplete((receipt, failure) -> thread.execute(() -> settled(entry, failure)));
        }
    }

    private CompletionStage<Receipt> handOver(Message message) {
        try {
            return mesh.apply(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settled(Entry entry, Throwable failure) {
        inFlight--;
        if (entry == refusedAtOnce) {
            refusedAtOnce = null;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause == null) {
            entry.done = true;
            window = WINDOW;
            backoff.reset();
        } else if (cause instanceof RefusedException refusal && refusal.reason() == Refusal.TOO_LARGE) {
            entry.done = true;
            log.trouble(
                    "a message is too large for the mesh and is left out",
                    entry.message.topic() + ": " + refusal.getMessage());
        } else {
            refused.add(entry);
            paused = true;
            log.trouble("the mesh does not take messages now; the broker keeps them", cause.getMessage());
        }
        acknowledgeInOrder();
        if (paused && inFlight == 0) {
            thread.schedule(backoff.nextMs(), this::retry);
        } else {
            send();
        }
    }

    private void retry() {
        refused.sort(Comparator.comparingLong((Entry entry) -> entry.number).reversed());
        refused.forEach(waiting::addFirst);
        refused.clear();
        paused = false;
        // One alone shows whether the mesh takes messages again; the others would all be refused, too.
        window = 1;
        send();
    }

    private void acknowledgeInOrder() {
        while (!unacknowledged.isEmpty() && unacknowledged.peekFirst().done) {
            Entry entry = unacknowledged.removeFirst();
            entry.message = null;
            entry.acknowledgement.run();
            entry.acknowledgement = null;
            if (entry.key != null) {
                acknowledged.addLast(entry);
                if (acknowledged.size() > ACKNOWLEDGED_MAX) {
                    acknowledged.removeFirst();
                }
            }
        }
    }
}

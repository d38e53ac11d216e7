// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Hands messages to the mesh in the order they came, many at a time, and acknowledges each when it and all before it
 * are committed. What the mesh does not take now is tried again, before anything that came later. Lives on the
 * bridge's thread.
 */
final class OutLane {

    /** How many sends wait for their commit at once. Our own choice: several of the store's group commits. */
    static final int WINDOW = 512;

    /**
     * How many acknowledged messages are remembered in case that the connection swallows the acknowledgement. An old
     * Mosquitto may have any number unacknowledged, and 4,905 acknowledgements were lost with one connection to it. Our
     * own choice: some 1 MB.
     */
    static final int ACKNOWLEDGED_MAX = 8_192;

    /** Hands a message to the mesh, which remembers the name with it; null where there is none. */
    @FunctionalInterface
    interface Mesh {
        CompletionStage<Receipt> send(Message message, SendName name);
    }

    private static final class Entry implements ComingAgain.Taken {
        private final long number;
        private final SendName name;
        private final String topic;
        private Message message;
        private Runnable acknowledgement;
        private boolean done;

        Entry(long number, SendName name, String topic, Message message, Runnable acknowledgement) {
            this.number = number;
            this.name = name;
            this.topic = topic;
            this.message = message;
            this.acknowledgement = acknowledgement;
            this.done = message == null;
        }

        @Override
        public SendName name() {
            return name;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public boolean isAcknowledged() {
            return acknowledgement == null;
        }
    }

    private final Mesh mesh;
    private final BridgeThread thread;
    private final StateLog log;
    private final Backoff backoff;
    private final Consumer<LastRefused> whenRefused;
    private final Deque<Entry> unacknowledged = new ArrayDeque<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final List<Entry> refused = new ArrayList<>();
    private final Deque<Entry> acknowledged = new ArrayDeque<>();
    private final ComingAgain<Entry> comingAgain = new ComingAgain<>();
    private final Set<SendName> sentBefore = new HashSet<>();
    /** By the broker's own ids: the latest of this process, whether acknowledged or not. */
    private final Map<SendName, Entry> marked = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SendName, Entry> eldest) {
            return size() > ACKNOWLEDGED_MAX;
        }
    };

    private long numbers;
    private int inFlight;
    private int window = WINDOW;
    private Entry refusedAtOnce;
    private boolean paused;
    private boolean stopped;

    /** @param whenRefused told of each message that is left out */
    OutLane(Mesh mesh, BridgeThread thread, StateLog log, Backoff backoff, Consumer<LastRefused> whenRefused) {
        this.mesh = mesh;
        this.thread = thread;
        this.log = log;
        this.backoff = backoff;
        this.whenRefused = whenRefused;
    }

    /** What was sent before this lane was there: a crash may have come between its commit and its acknowledgement. */
    void sentBefore(Collection<SendName> names) {
        sentBefore.addAll(names);
    }

    /**
     * Whether a message is one that was taken over an earlier connection, or by an earlier process; it is then not sent
     * again, and acknowledged when the first one is.
     *
     * @param name the message's, or null
     * @param topic the topic that it came by; null when it was retained, and so is no part of its topic's order
     * @param repeated whether the broker says that it may have sent it before
     */
    boolean takesAgain(SendName name, String topic, boolean repeated, Runnable acknowledgement) {
        if (name == null) {
            return false;
        }
        if ((repeated || name.isUnique()) && wasSentBefore(name)) {
            take(null, null, List.of(), acknowledgement);
            return true;
        }
        Entry first = name.isMarked() ? marked.get(name) : comingAgain.take(name, topic);
        if (first == null) {
            goesOn(name, repeated);
            return false;
        }
        if (first.isAcknowledged()) {
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

    /** What has the broker's own id may come twice more: from custody, and from the broker. */
    private boolean wasSentBefore(SendName name) {
        return name.isMarked() ? sentBefore.contains(name) : sentBefore.remove(name);
    }

    /** A broker repeats itself before it goes on: what was acknowledged and has not come again by then was understood. */
    private void goesOn(SendName name, boolean repeated) {
        if (name.isUnique()) {
            return;
        }
        comingAgain.removeIf(Entry::isAcknowledged);
        if (!repeated) {
            sentBefore.removeIf(before -> !before.isUnique());
        }
    }

    /**
     * Takes an arrival over.
     *
     * @param name the last message's, or null
     * @param topic as in {@link #takesAgain}
     * @param messages what to send; empty when there is nothing but to acknowledge in turn
     */
    void take(SendName name, String topic, List<Message> messages, Runnable acknowledgement) {
        for (int i = 0; i < messages.size() - 1; i++) {
            add(new Entry(numbers++, null, null, messages.get(i), () -> {}));
        }
        Entry last = new Entry(
                numbers++, name, topic, messages.isEmpty() ? null : messages.get(messages.size() - 1), acknowledgement);
        add(last);
        if (name != null && name.isMarked()) {
            marked.put(name, last);
        }
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
        List<Entry> unheard = new ArrayList<>(acknowledged);
        acknowledged.clear();
        unacknowledged.stream().filter(OutLane::isComingAgain).forEach(unheard::add);
        comingAgain.add(unheard);
    }

    /** What came with QoS 2 is not the broker's any more. */
    private static boolean isComingAgain(Entry entry) {
        return entry.name != null && !entry.name.isUnique();
    }

    /** The broker has forgotten the session: nothing of it comes again. */
    void sessionForgotten() {
        comingAgain.clear();
        sentBefore.removeIf(name -> !name.isUnique());
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
            CompletionStage<Receipt> committed = handOver(entry);
            if (committed.toCompletableFuture().isCompletedExceptionally()) {
                // Until it is known why, what follows must not overtake it.
                refusedAtOnce = entry;
            }
            committed.whenComplete((receipt, failure) -> thread.execute(() -> settled(entry, failure)));
        }
    }

    private CompletionStage<Receipt> handOver(Entry entry) {
        try {
            return mesh.send(entry.message, entry.name);
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
            leaveOut(entry.message, refusal.getMessage());
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

    private void leaveOut(Message message, String reason) {
        int bytes = message.payload().length;
        log.troubleAbout(
                "a message is too large for the mesh and is left out",
                message.topic(),
                bytes + " bytes of payload; " + reason);
        whenRefused.accept(new LastRefused(message.topic(), bytes, reason, thread.nowMs()));
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
            if (isComingAgain(entry)) {
                acknowledged.addLast(entry);
                if (acknowledged.size() > ACKNOWLEDGED_MAX) {
                    acknowledged.removeFirst();
                }
            }
        }
    }
}

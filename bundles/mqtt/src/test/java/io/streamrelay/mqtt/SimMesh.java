// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.Delivery;
import io.streamrelay.api.DeliveryHandler;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Assertions;

/** The mesh as the API promises it: members get what others send, each sender's messages in order, and keep them. */
final class SimMesh {

    /** What waits for the consumers of one name on one node. */
    private static final class Outbox {
        private final Map<Long, Sent> waiting = new LinkedHashMap<>();
        private final List<String> sentAs = new ArrayList<>();
        private Interest interest = Interest.none();
        private SimConsumer open;
    }

    private record Sent(long number, Message message, boolean raw, long atMs) {}

    private static final int OUTSTANDING_MAX = 50;

    private final Simulation simulation;
    private final Map<String, Map<String, SimNode>> members = new LinkedHashMap<>();
    private long numbers;
    private int refusals;
    private long commitMs;
    private int bytesMax = Integer.MAX_VALUE;

    SimMesh(Simulation simulation) {
        this.simulation = simulation;
    }

    /** The next sends are refused, so many. */
    void refuse(int sends) {
        refusals = sends;
    }

    /** What has a larger payload is refused for good. */
    /** How long each message waits for its commit from now on. */
    void commitAfter(long ms) {
        commitMs = ms;
    }

    void takeUpTo(int bytes) {
        bytesMax = bytes;
    }

    /** A node's process ends without a word. */
    void die(String node) {
        members.values().stream().filter(nodes -> nodes.containsKey(node)).forEach(nodes -> nodes.get(node)
                .die());
    }

    SimNode join(String subcluster, String node) {
        return members.computeIfAbsent(subcluster, name -> new LinkedHashMap<>())
                .computeIfAbsent(node, name -> new SimNode(subcluster));
    }

    /** One node's part in one subcluster. */
    final class SimNode {

        private final String subcluster;
        private final Map<String, Outbox> outboxes = new LinkedHashMap<>();
        private final Map<SimNode, Simulation.Lane> from = new LinkedHashMap<>();
        private final Deque<Sent> missed = new ArrayDeque<>();
        private final Simulation.Lane commits = simulation.lane();
        boolean up = true;
        List<GapInfo> gaps = List.of();

        SimNode(String subcluster) {
            this.subcluster = subcluster;
        }

        Id id() {
            return Id.of(Arrays.copyOf(subcluster.getBytes(StandardCharsets.UTF_8), 32));
        }

        Consumer consume(String name, Interest interest, DeliveryHandler handler) {
            Outbox outbox = outboxes.computeIfAbsent(name, key -> new Outbox());
            if (outbox.open != null) {
                throw new IllegalStateException("a consumer " + name + " is open");
            }
            outbox.interest = interest;
            outbox.open = new SimConsumer(this, name, outbox, handler);
            outbox.open.handOver();
            return outbox.open;
        }

        private CompletionStage<Receipt> send(String consumer, Message message, boolean raw) {
            CompletableFuture<Receipt> committed = new CompletableFuture<>();
            if (refusals > 0) {
                refusals--;
                committed.completeExceptionally(new RefusedException(Refusal.BUSY, "busy"));
                return committed;
            }
            if (message.payload().length > bytesMax) {
                committed.completeExceptionally(new RefusedException(Refusal.TOO_LARGE, bytesMax + " are allowed"));
                return committed;
            }
            Message kept = raw ? Message.of(message.topic(), message.payload()) : message;
            Sent sent = new Sent(numbers++, kept, raw, simulation.nowMs());
            Runnable commit = () -> committed.complete(new Receipt(id(), 1));
            if (commitMs == 0) {
                commits.execute(commit);
            } else {
                commits.schedule(commitMs, commit);
            }
            for (SimNode member : members.get(subcluster).values()) {
                member.from
                        .computeIfAbsent(this, sender -> simulation.lane())
                        .execute(() -> member.receive(sent, member == this ? consumer : null));
            }
            return committed;
        }

        private void receive(Sent sent, String except) {
            if (!up) {
                missed.addLast(sent);
                return;
            }
            outboxes.forEach((name, outbox) -> {
                boolean wanted = sent.raw
                        ? outbox.interest.events().contains(sent.message.topic())
                        : outbox.interest.topics().test(sent.message.topic());
                if (wanted && !name.equals(except)) {
                    outbox.waiting.put(sent.number, sent);
                    if (outbox.open != null) {
                        outbox.open.next.addLast(sent);
                        outbox.open.handOver();
                    }
                }
            });
        }

        /** Its process ends without a word: what its consumers do now is of no avail. */
        void die() {
            outboxes.values().forEach(outbox -> outbox.open = null);
        }

        /** The node is back and catches up with what it has missed. */
        void restart() {
            up = true;
            while (!missed.isEmpty()) {
                receive(missed.removeFirst(), null);
            }
        }

        private long nowMs() {
            return simulation.nowMs();
        }

        /** How many messages wait for consumers. */
        int waiting() {
            return outboxes.values().stream()
                    .mapToInt(outbox -> outbox.waiting.size())
                    .sum();
        }
    }

    private final class SimConsumer implements Consumer {

        private final SimNode node;
        private final String name;
        private final Outbox outbox;
        private final DeliveryHandler handler;
        private final Deque<Sent> next;
        private int outstanding;

        SimConsumer(SimNode node, String name, Outbox outbox, DeliveryHandler handler) {
            this.node = node;
            this.name = name;
            this.outbox = outbox;
            this.next = new ArrayDeque<>(outbox.waiting.values());
            this.handler = handler;
        }

        private void handOver() {
            while (!next.isEmpty() && outstanding < OUTSTANDING_MAX && outbox.open == this) {
                Sent sent = next.removeFirst();
                outstanding++;
                handler.deliver(new SimDelivery(this, sent));
            }
        }

        private void acknowledge(Sent sent) {
            if (outbox.open != this) {
                return;
            }
            Assertions.assertNotNull(outbox.waiting.remove(sent.number), "acknowledged twice");
            outstanding--;
            handOver();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void interest(Interest interest) {
            outbox.interest = interest;
        }

        @Override
        public CompletionStage<Receipt> send(Message message) {
            return node.send(name, message, false);
        }

        @Override
        public CompletionStage<Receipt> send(Message message, String sentAs) {
            return node.send(name, message, false).whenComplete((receipt, refusal) -> sentAs(sentAs, refusal));
        }

        @Override
        public CompletionStage<Receipt> emit(String event, byte[] payload) {
            return node.send(name, Message.of(event, payload), true);
        }

        @Override
        public CompletionStage<Receipt> emit(String event, byte[] payload, String sentAs) {
            return node.send(name, Message.of(event, payload), true)
                    .whenComplete((receipt, refusal) -> sentAs(sentAs, refusal));
        }

        private void sentAs(String sentAs, Throwable refusal) {
            if (refusal == null) {
                outbox.sentAs.add(sentAs);
            }
        }

        @Override
        public List<String> sent() {
            return List.copyOf(outbox.sentAs);
        }

        @Override
        public void close() {
            outbox.open = outbox.open == this ? null : outbox.open;
        }
    }

    private record SimDelivery(SimConsumer consumer, Sent sent) implements Delivery {

        @Override
        public void acknowledge() {
            consumer.acknowledge(sent);
        }

        @Override
        public Message message() {
            return sent.message;
        }

        @Override
        public Authenticity authenticity() {
            return sent.raw ? Authenticity.MEMBER : Authenticity.SENDER;
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }

        @Override
        public Id packetId() {
            return Id.ofHex("%064x".formatted(sent.number));
        }

        @Override
        public Optional<Id> streamedBy() {
            return Optional.empty();
        }

        @Override
        public boolean local() {
            return false;
        }

        @Override
        public long ageMs() {
            return sent.raw ? 0 : consumer.node.nowMs() - sent.atMs;
        }

        @Override
        public int hops() {
            return 1;
        }
    }
}

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
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import io.streamrelay.api.RemotePeer;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A {@link SimMesh} for bridges with real threads: it lives on one thread of its own, as a node's dispatcher does. */
final class LiveMesh implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Simulation simulation = new Simulation(1);
    private final SimMesh mesh = new SimMesh(simulation);

    Subcluster join(String subcluster, String node) {
        return new LiveSubcluster(subcluster, call(() -> mesh.join(subcluster, node)));
    }

    private <T> T call(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, thread).join();
    }

    private void tell(Runnable task) {
        thread.execute(() -> {
            task.run();
            simulation.run(0);
        });
    }

    /** Commits nothing more until then. */
    void hold(CountDownLatch until) {
        thread.execute(() -> {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private final class LiveSubcluster implements Subcluster {

        private final String name;
        private final SimMesh.SimNode node;

        LiveSubcluster(String name, SimMesh.SimNode node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Id id() {
            return node.id();
        }

        @Override
        public Consumer consume(String consumer, Interest interest, DeliveryHandler handler) {
            return new LiveConsumer(call(
                    () -> node.consume(consumer, interest, delivery -> handler.deliver(new LiveDelivery(delivery)))));
        }

        @Override
        public CompletionStage<Receipt> emit(String event, byte[] payload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Receipt> send(Message message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration on(String event, java.util.function.Consumer<? super Received> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration onJoin(java.util.function.Consumer<? super RemotePeer> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration onLeave(java.util.function.Consumer<? super Id> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Id> members() {
            return Set.of();
        }

        @Override
        public Registration listen(Interest interest, java.util.function.Consumer<? super Received> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SubclusterInfo info() {
            return new SubclusterInfo(0, 0, -1, 0);
        }

        @Override
        public CompletionStage<Receipt> rotate(Duration overlap) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<GapInfo> gaps() {
            return List.of();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    private final class LiveConsumer implements Consumer {

        private final Consumer consumer;

        LiveConsumer(Consumer consumer) {
            this.consumer = consumer;
        }

        @Override
        public String name() {
            return consumer.name();
        }

        @Override
        public void interest(Interest interest) {
            tell(() -> consumer.interest(interest));
        }

        @Override
        public CompletionStage<Receipt> send(Message message) {
            return later(() -> consumer.send(message));
        }

        @Override
        public CompletionStage<Receipt> emit(String event, byte[] payload) {
            return later(() -> consumer.emit(event, payload));
        }

        @Override
        public CompletionStage<Receipt> send(Message message, String sentAs) {
            return later(() -> consumer.send(message, sentAs));
        }

        @Override
        public CompletionStage<Receipt> emit(String event, byte[] payload, String sentAs) {
            return later(() -> consumer.emit(event, payload, sentAs));
        }

        @Override
        public List<String> sent() {
            return call(consumer::sent);
        }

        private CompletionStage<Receipt> later(Supplier<CompletionStage<Receipt>> send) {
            CompletableFuture<Receipt> receipt = new CompletableFuture<>();
            tell(() -> send.get().whenComplete((ok, failure) -> {
                if (failure == null) {
                    receipt.complete(ok);
                } else {
                    receipt.completeExceptionally(failure);
                }
            }));
            return receipt;
        }

        @Override
        public void close() {
            call(() -> {
                consumer.close();
                return null;
            });
        }
    }

    private final class LiveDelivery implements Delivery {

        private final Delivery delivery;

        LiveDelivery(Delivery delivery) {
            this.delivery = delivery;
        }

        @Override
        public void acknowledge() {
            tell(delivery::acknowledge);
        }

        @Override
        public Message message() {
            return delivery.message();
        }

        @Override
        public Authenticity authenticity() {
            return delivery.authenticity();
        }

        @Override
        public Optional<Origin> origin() {
            return delivery.origin();
        }

        @Override
        public Id packetId() {
            return delivery.packetId();
        }

        @Override
        public Optional<Id> streamedBy() {
            return delivery.streamedBy();
        }

        @Override
        public boolean local() {
            return delivery.local();
        }

        @Override
        public long ageMs() {
            return delivery.ageMs();
        }

        @Override
        public int hops() {
            return delivery.hops();
        }
    }
}

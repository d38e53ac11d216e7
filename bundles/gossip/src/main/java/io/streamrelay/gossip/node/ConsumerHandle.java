// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.Delivery;
import io.streamrelay.api.DeliveryHandler;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An open consumer. */
final class ConsumerHandle implements Consumer {

    private final String name;
    private final MeshSubcluster subcluster;
    private final ConsumerQueue queue;
    private final DeliveryHandler handler;

    ConsumerHandle(String name, MeshSubcluster subcluster, ConsumerQueue queue, DeliveryHandler handler) {
        this.name = name;
        this.subcluster = subcluster;
        this.queue = queue;
        this.handler = handler;
    }

    void hand(Delivery delivery) {
        handler.deliver(delivery);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void interest(Interest interest) {
        queue.interest(Wanted.of(interest));
    }

    @Override
    public CompletionStage<Receipt> send(Message message) {
        return subcluster.send(message, queue, null);
    }

    @Override
    public CompletionStage<Receipt> send(Message message, String sentAs) {
        return subcluster.send(message, queue, queue.sentNames().checked(sentAs));
    }

    @Override
    public CompletionStage<Receipt> emit(String event, byte[] payload) {
        return subcluster.emit(event, payload, queue, null);
    }

    @Override
    public CompletionStage<Receipt> emit(String event, byte[] payload, String sentAs) {
        return subcluster.emit(event, payload, queue, queue.sentNames().checked(sentAs));
    }

    @Override
    public List<String> sent() {
        return queue.sentNames().all();
    }

    @Override
    public void close() {
        queue.close(this);
        subcluster.ended(this);
    }
}

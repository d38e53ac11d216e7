// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.DeliveryHandler;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Received;
import io.streamrelay.api.Registration;
import io.streamrelay.api.RemotePeer;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterInfo;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What a bridge uses of a subcluster. */
record SimSubcluster(String name, SimMesh.SimNode node) implements Subcluster {

    @Override
    public Id id() {
        return node.id();
    }

    @Override
    public Consumer consume(String consumer, Interest interest, DeliveryHandler handler) {
        return node.consume(consumer, interest, handler);
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
        return node.gaps;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console;

import io.streamrelay.api.Consumer;
import io.streamrelay.api.DeliveryHandler;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Message;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Received;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.api.Registration;
import io.streamrelay.api.RemotePeer;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A subcluster that takes everything, or refuses it. */
public final class FakeSubcluster implements Subcluster {

    private final String name;
    public Id id;
    public final List<String> sent = new ArrayList<>();
    public Set<Id> members = Set.of();
    public List<GapInfo> gaps = List.of();
    public SubclusterInfo info = new SubclusterInfo(0, 0, -1, 0);
    public boolean refuses;
    public Interest interest;
    public boolean closed;
    private List<Received> toHear = List.of();

    public FakeSubcluster(String name, Id id) {
        this.name = name;
        this.id = id;
    }

    /** What a listener hears as soon as it listens. */
    public void hear(List<Received> messages) {
        toHear = messages;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Id id() {
        return id;
    }

    @Override
    public CompletionStage<Receipt> emit(String event, byte[] payload) {
        return take("raw " + event + " " + new String(payload, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<Receipt> send(Message message) {
        return take(message.topic() + " " + new String(message.payload(), java.nio.charset.StandardCharsets.UTF_8));
    }

    private CompletionStage<Receipt> take(String what) {
        if (refuses) {
            return CompletableFuture.failedFuture(new RefusedException(Refusal.BUSY, "no room"));
        }
        sent.add(what);
        return CompletableFuture.completedFuture(new Receipt(FakeRelay.id("packet"), 1));
    }

    @Override
    public Registration on(String event, java.util.function.Consumer<? super Received> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration listen(Interest wanted, java.util.function.Consumer<? super Received> listener) {
        interest = wanted;
        toHear.forEach(listener);
        return () -> closed = true;
    }

    @Override
    public Consumer consume(String consumer, Interest wanted, DeliveryHandler handler) {
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
        return members;
    }

    @Override
    public List<GapInfo> gaps() {
        return gaps;
    }

    @Override
    public SubclusterInfo info() {
        return info;
    }

    @Override
    public CompletionStage<Receipt> rotate(Duration overlap) {
        return take("rotate " + overlap);
    }

    @Override
    public void close() {
        closed = true;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

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
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterInfo;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.engine.Action;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A subcluster that this node takes part in. */
final class MeshSubcluster implements Subcluster {

    /** What members are away for at least, between two looks at the mesh. Our own choice. */
    private static final Duration OVERLAP_MIN = Duration.ofMinutes(1);

    private final String name;
    private final NodeParts node;
    private final KeyedSealer keyed;
    private final Sealer sealer;
    private final SubclusterMemory memory;
    private final SubclusterHost host;
    private final EventListeners listeners;
    private final Distribution distribution;
    private final StreamInbox streams;
    private final Members members;
    private final Receiver receiver;
    private final Outbox outbox;
    private final EnvelopeSender envelopes;
    private final RawSender raw;
    private final Set<ConsumerHandle> consumers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile SubclusterOptions options;

    MeshSubcluster(
            NodeParts node,
            SubclusterOptions options,
            KeyedSealer keyed,
            SubclusterMemory memory,
            SubclusterHost host) {
        this.name = options.name();
        this.node = node;
        this.keyed = keyed;
        this.sealer = keyed.sealer();
        this.memory = memory;
        this.host = host;
        listeners = new EventListeners(node.dispatcher());
        streams = new StreamInbox(node.dispatcher(), node.clock());
        members = new Members(node.dispatcher());
        distribution = new Distribution(name, listeners, node, host.keys());
        handTo(this);
        receiver = new Receiver(node, sealer, memory, streams);
        outbox = new Outbox(node, sealer, memory.lane(), distribution);
        envelopes = new EnvelopeSender(node, outbox, memory.envelopeNumbers());
        raw = new RawSender(node, outbox, memory.rawNumbers());
        options(options);
    }

    /** What comes in here is for the listeners and consumers of that one. */
    void handTo(MeshSubcluster other) {
        memory.taker().become(other.distribution);
    }

    /** The key, as 32 bytes. */
    SharedKey key() {
        return keyed.key();
    }

    /** As it was opened, or changed last: the key in it may be a former one. */
    SubclusterOptions options() {
        return options;
    }

    /** Takes over what may change without another key. */
    void options(SubclusterOptions options) {
        this.options = options;
        receiver.trust(options.senders());
        receiver.waitFor(options.orderWait());
        outbox.lifetimeMs(options.lifetime().toMillis());
    }

    /** On the engine's thread, before the message is passed on. */
    void receive(Action.Incoming message) {
        if (message.from() == null) {
            node.trails().begin(message.packetId(), name);
        }
        receiver.receive(message);
    }

    void memberUp(Id peer) {
        members.up(peer);
    }

    void memberDown(Id peer) {
        members.down(peer);
    }

    CompletionStage<Receipt> send(Message message, ConsumerQueue from, String sentAs) {
        return envelopes.send(message, from, sentAs);
    }

    CompletionStage<Receipt> emit(String event, byte[] payload, ConsumerQueue from, String sentAs) {
        return raw.emit(event, payload, from, sentAs);
    }

    CompletionStage<Receipt> stream(Id to, String event, byte[] payload) {
        return raw.stream(to, event, payload);
    }

    Registration onStream(Id from, String event, java.util.function.Consumer<? super Received> listener) {
        return streams.on(from, event, listener);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Id id() {
        return sealer.subclusterId();
    }

    @Override
    public CompletionStage<Receipt> emit(String event, byte[] payload) {
        return emit(event, payload, null, null);
    }

    @Override
    public CompletionStage<Receipt> send(Message message) {
        return send(message, null, null);
    }

    @Override
    public Registration on(String event, java.util.function.Consumer<? super Received> listener) {
        return listeners.on(event, listener);
    }

    @Override
    public Registration listen(Interest interest, java.util.function.Consumer<? super Received> listener) {
        return listeners.on(interest, listener);
    }

    @Override
    public SubclusterInfo info() {
        return distribution.traffic().info(host.formerKeys(this));
    }

    @Override
    public CompletionStage<Receipt> rotate(Duration overlap) {
        if (overlap.compareTo(OVERLAP_MIN) < 0 || overlap.compareTo(SubclusterOptions.MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("overlap: " + overlap + " is not between 1 min and 30 d");
        }
        return host.rotate(this, overlap);
    }

    @Override
    public Consumer consume(String consumer, Interest interest, DeliveryHandler handler) {
        if (closed.get()) {
            throw closed();
        }
        ConsumerQueue queue = node.consumers().queue(name, consumer);
        ConsumerHandle handle = new ConsumerHandle(consumer, this, queue, handler);
        if (!queue.open(handle, Wanted.of(interest))) {
            throw new IllegalStateException("a consumer named " + consumer + " is open in subcluster " + name);
        }
        consumers.add(handle);
        if (closed.get()) {
            // Closed in between, and this handle perhaps not among those that were closed with it.
            handle.close();
            throw closed();
        }
        return handle;
    }

    private IllegalStateException closed() {
        return new IllegalStateException("the subcluster " + name + " is closed");
    }

    void ended(ConsumerHandle handle) {
        consumers.remove(handle);
    }

    @Override
    public Registration onJoin(java.util.function.Consumer<? super RemotePeer> listener) {
        return members.onJoin(peer -> listener.accept(new MeshPeer(peer, this)));
    }

    @Override
    public Registration onLeave(java.util.function.Consumer<? super Id> listener) {
        return members.onLeave(listener);
    }

    @Override
    public Set<Id> members() {
        return members.present();
    }

    @Override
    public List<GapInfo> gaps() {
        return memory.envelopes().gaps();
    }

    /** Takes nothing more to send, and waits for the answers to what it took. */
    void settle(long timeoutMs) throws InterruptedException {
        outbox.gate().shut();
        outbox.gate().awaitEmpty(timeoutMs);
    }

    @Override
    public void close() {
        close(host::closed);
    }

    /** Sends no more and has no consumers of its own any more; what comes in is still opened. */
    void retire() {
        close(retired -> {});
    }

    private void close(java.util.function.Consumer<MeshSubcluster> first) {
        if (closed.compareAndSet(false, true)) {
            first.accept(this);
            List.copyOf(consumers).forEach(ConsumerHandle::close);
            outbox.gate().shut();
            envelopes.close();
        }
    }

    /** Forgets the key, behind what is being opened and what is being sealed: neither is lost. */
    void end() {
        memory.lane().execute(() -> outbox.lane().execute(sealer::close));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.Answer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Drop;
import io.streamrelay.api.Id;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.Query;
import io.streamrelay.api.QueryHandler;
import io.streamrelay.api.Registration;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.TracedMessage;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.store.PacketStoreFactory;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.api.transport.LanDiscovery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node of the mesh in plain Java; in OSGi the bundle makes one and offers it as a service. Thread-safe. */
public final class StreamRelayNode implements StreamRelay {

    private static final Logger LOG = LoggerFactory.getLogger(StreamRelayNode.class);

    private final NodeRuntime runtime;
    private NodeConfig config;

    /**
     * Opens a node with the identity in its folder, which is created when there is none.
     *
     * @throws io.streamrelay.api.transport.PortInUseException when a port is taken
     * @throws IOException when the folder, the identity or the store cannot be used
     */
    public StreamRelayNode(NodeConfig config, KeyRing keys, DatagramTransport transport, PacketStoreFactory stores)
            throws IOException {
        this(config, keys, transport, LanDiscovery.none(), stores);
    }

    /** As {@link #StreamRelayNode(NodeConfig, KeyRing, DatagramTransport, PacketStoreFactory)}, found by others. */
    public StreamRelayNode(
            NodeConfig config,
            KeyRing keys,
            DatagramTransport transport,
            LanDiscovery discovery,
            PacketStoreFactory stores)
            throws IOException {
        this(
                IdentityFile.in(config.directory()).loadOrCreate(keys),
                Identity::close,
                config,
                keys,
                transport,
                discovery,
                stores);
    }

    /** As {@link #StreamRelayNode(NodeConfig, KeyRing, DatagramTransport, PacketStoreFactory)}, as somebody. */
    public StreamRelayNode(
            Identity identity, NodeConfig config, KeyRing keys, DatagramTransport transport, PacketStoreFactory stores)
            throws IOException {
        this(identity, kept -> {}, config, keys, transport, LanDiscovery.none(), stores);
    }

    private StreamRelayNode(
            Identity identity,
            Consumer<Identity> whenEnded,
            NodeConfig config,
            KeyRing keys,
            DatagramTransport transport,
            LanDiscovery discovery,
            PacketStoreFactory stores)
            throws IOException {
        this.config = config;
        this.runtime = new NodeRuntime(identity, whenEnded, config, keys, transport, discovery, stores);
        NodeInfo info = info();
        LOG.info(
                "node open: peer={} udp={} probe={} cluster={}",
                info.peerId(),
                info.port(),
                info.probePort(),
                info.clusterId().shortHex());
    }

    /**
     * Changes the settings of the running node; nothing that was accepted is lost.
     *
     * @throws IllegalArgumentException when the folder or the cluster differ: that is another node
     * @throws IOException when the sockets cannot be opened as wanted; the node goes on as it was
     */
    public synchronized void configure(NodeConfig wanted) throws IOException {
        if (!wanted.sameNode(config)) {
            throw new IllegalArgumentException("the folder and the cluster of an open node do not change");
        }
        runtime.configure(wanted, !wanted.sameSockets(config));
        config = wanted;
    }

    @Override
    public NodeInfo info() {
        return runtime.info();
    }

    @Override
    public List<PeerInfo> peers() {
        return runtime.peers();
    }

    @Override
    public List<AbsentPeer> absentPeers() {
        return runtime.absentPeers();
    }

    @Override
    public List<ProxiedPeer> proxiedPeers() {
        return runtime.proxiedPeers();
    }

    @Override
    public StoreInfo store() {
        return runtime.store();
    }

    @Override
    public Invitation invite(String subcluster) {
        return new Inviting(info(), runtime.endpoints(), peers())
                .to(runtime.subclusters().keyed(subcluster));
    }

    @Override
    public Optional<TracedMessage> trace(Id message) {
        return runtime.trails().of(message);
    }

    @Override
    public List<TracedMessage> traces() {
        return runtime.trails().all();
    }

    @Override
    public List<BacklogInfo> backlog() {
        return runtime.backlog();
    }

    @Override
    public Map<String, Long> counters() {
        return runtime.counters();
    }

    @Override
    public Subcluster subcluster(SubclusterOptions options) {
        return runtime.subclusters().open(options);
    }

    @Override
    public Optional<Subcluster> subcluster(String name) {
        return runtime.subclusters().byName(name);
    }

    @Override
    public List<Subcluster> subclusters() {
        return runtime.subclusters().all();
    }

    @Override
    public Registration watch(String name, Consumer<Optional<Subcluster>> watcher) {
        return runtime.subclusters().watch(name, watcher);
    }

    @Override
    public CompletionStage<List<Answer>> query(Query query) {
        return runtime.queries().ask(query);
    }

    @Override
    public Registration onQuery(QueryHandler handler) {
        return runtime.handlers().on(handler);
    }

    @Override
    public Registration onReady(Consumer<? super NodeInfo> listener) {
        return runtime.onReady(listener);
    }

    @Override
    public Registration onDrop(Consumer<? super Drop> listener) {
        return runtime.onDrop(listener);
    }

    @Override
    public void close() {
        close(NodeRuntime.SETTLE_MS);
    }

    /** @param settleMs how long to wait for what was accepted to be committed */
    synchronized void close(long settleMs) {
        if (runtime.close(settleMs)) {
            LOG.info("node closed: peer={}", runtime.info().peerId());
        }
    }
}

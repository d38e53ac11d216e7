// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.Answer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Drop;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.NatType;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.Query;
import io.streamrelay.api.QueryHandler;
import io.streamrelay.api.Registration;
import io.streamrelay.api.Route;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.TracedMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A node that is as a test wants it; as it comes it is well, with no peer and no subcluster. */
public final class FakeRelay implements StreamRelay {

    public Id cluster = id("cluster");
    public NatType natType = NatType.PORT_RESTRICTED;
    public long uptimeMs = 60_000;
    public final List<PeerInfo> peers = new ArrayList<>();
    public final List<AbsentPeer> absent = new ArrayList<>();
    public final List<ProxiedPeer> proxied = new ArrayList<>();
    public final List<FakeSubcluster> subclusters = new ArrayList<>();
    public final List<BacklogInfo> backlog = new ArrayList<>();
    public final List<TracedMessage> traces = new ArrayList<>();
    public final Map<String, Long> counters = new TreeMap<>();
    public StoreInfo store = new StoreInfo(0, 1000, 0, 1000, List.of());
    public List<String> invitedPeers = List.of("192.0.2.1:19777");

    /** The id that a text leads to. */
    public static Id id(String text) {
        try {
            return Id.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connected peer of ours. */
    public static PeerInfo peer(String name, boolean inStep, int waiting, Id... subclusters) {
        return new PeerInfo(
                id(name),
                Endpoint.of("192.0.2.7", 19777),
                NatType.UNRESTRICTED,
                Route.DIRECT,
                true,
                2_000,
                40,
                0.05,
                inStep,
                waiting,
                Set.of(subclusters));
    }

    /** Opens a subcluster. */
    public FakeSubcluster open(String name) {
        FakeSubcluster opened = new FakeSubcluster(name, id("subcluster " + name));
        subclusters.add(opened);
        return opened;
    }

    @Override
    public NodeInfo info() {
        return new NodeInfo(
                id("peer"),
                cluster,
                id("sender"),
                19777,
                20777,
                natType,
                Optional.of(Endpoint.of("198.51.100.4", 4000)),
                peers.size(),
                uptimeMs,
                12_000);
    }

    @Override
    public List<PeerInfo> peers() {
        return peers;
    }

    @Override
    public List<AbsentPeer> absentPeers() {
        return absent;
    }

    @Override
    public List<ProxiedPeer> proxiedPeers() {
        return proxied;
    }

    @Override
    public StoreInfo store() {
        return store;
    }

    @Override
    public List<BacklogInfo> backlog() {
        return backlog;
    }

    @Override
    public Map<String, Long> counters() {
        return counters;
    }

    @Override
    public Subcluster subcluster(SubclusterOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Subcluster> subcluster(String name) {
        return subclusters.stream()
                .filter(each -> each.name().equals(name))
                .map(Subcluster.class::cast)
                .findFirst();
    }

    @Override
    public List<Subcluster> subclusters() {
        return List.copyOf(subclusters);
    }

    @Override
    public Registration watch(String name, Consumer<Optional<Subcluster>> watcher) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Invitation invite(String subcluster) {
        return new Invitation(cluster, subcluster, SharedKey.ofBytes(id("key").bytes()), invitedPeers);
    }

    @Override
    public Optional<TracedMessage> trace(Id message) {
        return traces.stream().filter(each -> each.id().equals(message)).findFirst();
    }

    @Override
    public List<TracedMessage> traces() {
        return traces;
    }

    @Override
    public CompletionStage<List<Answer>> query(Query query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration onQuery(QueryHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration onReady(Consumer<? super NodeInfo> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration onDrop(Consumer<? super Drop> listener) {
        return () -> {};
    }

    @Override
    public void close() {}
}

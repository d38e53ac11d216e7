// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.Answer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Drop;
import io.streamrelay.api.Id;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.NatType;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a bridge uses of a node. */
class SimRelay implements StreamRelay {

    private final Id peerId;
    private final Map<String, Subcluster> open = new HashMap<>();
    private final Map<Consumer<Optional<Subcluster>>, String> watchers = new HashMap<>();

    List<PeerInfo> peers = List.of();
    List<AbsentPeer> absent = List.of();
    List<BacklogInfo> backlog = List.of();
    Map<String, Long> counters = Map.of();

    SimRelay(Id peerId) {
        this.peerId = peerId;
    }

    void open(String name, Subcluster subcluster) {
        open.put(name, subcluster);
        tell(name);
    }

    void close(String name) {
        open.remove(name);
        tell(name);
    }

    private void tell(String name) {
        watchers.forEach((watcher, watched) -> {
            if (watched.equals(name)) {
                watcher.accept(Optional.ofNullable(open.get(name)));
            }
        });
    }

    @Override
    public NodeInfo info() {
        return new NodeInfo(peerId, peerId, peerId, 1, 1, NatType.values()[0], Optional.empty(), 0, 0, 12_000);
    }

    @Override
    public Registration watch(String name, Consumer<Optional<Subcluster>> watcher) {
        watchers.put(watcher, name);
        watcher.accept(Optional.ofNullable(open.get(name)));
        return () -> watchers.remove(watcher);
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
        return List.of();
    }

    @Override
    public StoreInfo store() {
        return new StoreInfo(0, 0, 0, 0, List.of());
    }

    @Override
    public Invitation invite(String subcluster) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<TracedMessage> trace(Id message) {
        return Optional.empty();
    }

    @Override
    public List<TracedMessage> traces() {
        return List.of();
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
        return Optional.ofNullable(open.get(name));
    }

    @Override
    public List<Subcluster> subclusters() {
        return List.copyOf(open.values());
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The connected peers, by id and by endpoint, in the order in which they came. */
final class PeerTable {

    private final Map<Id, Peer> byId = new LinkedHashMap<>();
    private final Map<Endpoint, Peer> byEndpoint = new LinkedHashMap<>();

    boolean isFull() {
        return byId.size() >= Limits.PEERS_MAX;
    }

    int size() {
        return byId.size();
    }

    void add(Peer peer) {
        byId.put(peer.id(), peer);
        byEndpoint.put(peer.endpoint(), peer);
    }

    void remove(Peer peer) {
        byId.remove(peer.id(), peer);
        byEndpoint.remove(peer.endpoint(), peer);
    }

    void move(Peer peer, Path path) {
        byEndpoint.remove(peer.endpoint(), peer);
        peer.path(path);
        byEndpoint.put(path.remote(), peer);
    }

    /** Null when it is not connected. */
    Peer byId(Id id) {
        return byId.get(id);
    }

    /** Null when nobody connected is there. */
    Peer byEndpoint(Endpoint endpoint) {
        return byEndpoint.get(endpoint);
    }

    boolean contains(Peer peer) {
        return byId.get(peer.id()) == peer;
    }

    Collection<Peer> all() {
        return byId.values();
    }

    /** All peers as a copy, which survives changes of the table. */
    List<Peer> copy() {
        return new ArrayList<>(byId.values());
    }

    /** Up to {@code count} of the peers that pass the test, chosen by chance. */
    List<Peer> sample(int count, Predicate<Peer> test, RandomGenerator random) {
        List<Peer> candidates = new ArrayList<>();
        for (Peer peer : byId.values()) {
            if (test.test(peer)) {
                candidates.add(peer);
            }
        }
        int wanted = Math.min(count, candidates.size());
        for (int i = 0; i < wanted; i++) {
            Collections.swap(candidates, i, i + random.nextInt(candidates.size() - i));
        }
        return wanted == candidates.size() ? candidates : candidates.subList(0, wanted);
    }
}

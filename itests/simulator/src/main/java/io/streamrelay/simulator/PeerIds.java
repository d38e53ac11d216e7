// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The public keys that nodes have and had, and the peer ids that follow from them; other ones for each seed, because protocols break ties by them. */
final class PeerIds {

    private final long seed;
    private final List<List<Id>> byNode;
    private final List<Id> keys;

    PeerIds(long seed, int nodes) {
        this.seed = seed;
        keys = new ArrayList<>(
                IntStream.range(0, nodes).mapToObj(node -> key(node, 0)).toList());
        byNode = IntStream.range(0, nodes).mapToObj(this::first).toList();
    }

    private List<Id> first(int node) {
        return new ArrayList<>(List.of(id(node, 0)));
    }

    private Id key(int node, int life) {
        return MessageBook.id("key " + seed + "/" + node + "/" + life);
    }

    private Id id(int node, int life) {
        return io.streamrelay.gossip.packet.PeerIds.of(key(node, life));
    }

    /** The public key that a node signs with now. */
    Id key(int node) {
        return keys.get(node);
    }

    Id of(int node) {
        List<Id> ids = byNode.get(node);
        return ids.get(ids.size() - 1);
    }

    /** Another gateway is there now. */
    void renew(int node) {
        keys.set(node, key(node, byNode.get(node).size()));
        byNode.get(node).add(id(node, byNode.get(node).size()));
    }

    boolean everHad(int node, Id id) {
        return byNode.get(node).contains(id);
    }
}

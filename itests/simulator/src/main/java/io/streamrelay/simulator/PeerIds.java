// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The peer ids that nodes have and had; other ones for each seed, because protocols break ties by them. */
final class PeerIds {

    private final long seed;
    private final List<List<Id>> byNode;

    PeerIds(long seed, int nodes) {
        this.seed = seed;
        byNode = IntStream.range(0, nodes).mapToObj(this::first).toList();
    }

    private List<Id> first(int node) {
        return new ArrayList<>(List.of(id(node, 0)));
    }

    private Id id(int node, int life) {
        return MessageBook.id("peer " + seed + "/" + node + (life == 0 ? "" : "/" + life));
    }

    Id of(int node) {
        List<Id> ids = byNode.get(node);
        return ids.get(ids.size() - 1);
    }

    /** Another gateway is there now. */
    void renew(int node) {
        byNode.get(node).add(id(node, byNode.get(node).size()));
    }

    boolean everHad(int node, Id id) {
        return byNode.get(node).contains(id);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.Observation;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the engines tell about themselves: who is connected, and how often what happened. */
public final class Observations implements Watcher {

    private final Map<VirtualNode, Set<Id>> connected = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    @Override
    public void observed(VirtualNode node, Observation observation) {
        if (observation instanceof Observation.PeerUp up) {
            connected.computeIfAbsent(node, ignored -> new LinkedHashSet<>()).add(up.peer());
        } else if (observation instanceof Observation.PeerDown down) {
            connected.getOrDefault(node, new LinkedHashSet<>()).remove(down.peer());
        } else if (observation instanceof Observation.Dropped dropped) {
            counts.merge("dropped " + dropped.reason().label(), 1L, Long::sum);
        } else if (observation instanceof Observation.Counted counted) {
            counts.merge(counted.counter(), counted.amount(), Long::sum);
        }
    }

    @Override
    public void stopped(VirtualNode node) {
        connected.remove(node);
    }

    /** Whether {@code node} says that it is connected to {@code peer}. */
    public boolean connected(VirtualNode node, VirtualNode peer) {
        return connected.getOrDefault(node, Set.of()).contains(peer.id());
    }

    /** How often, by name, over all nodes; drops under their reason's label. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}

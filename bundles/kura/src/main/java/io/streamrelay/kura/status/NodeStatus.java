// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.DropCounters;
import io.streamrelay.api.Id;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node says of itself at one moment.
 *
 * @param names of the subclusters that are open, by their ids
 * @param counters those of what was dropped or refused
 */
record NodeStatus(
        NodeInfo node,
        List<PeerInfo> peers,
        List<AbsentPeer> absentPeers,
        List<Subcluster> subclusters,
        List<BacklogInfo> backlog,
        Map<String, Long> counters,
        Map<Id, String> names) {

    static NodeStatus of(StreamRelay relay) {
        List<Subcluster> subclusters = relay.subclusters();
        Map<Id, String> names = new HashMap<>();
        subclusters.forEach(each -> names.put(each.id(), each.name()));
        Map<String, Long> counters = new TreeMap<>(relay.counters());
        counters.keySet().removeIf(name -> !DropCounters.isDrop(name) && !name.startsWith("refused."));
        return new NodeStatus(
                relay.info(), relay.peers(), relay.absentPeers(), subclusters, relay.backlog(), counters, names);
    }

    /** The local name; the short id where there is none. */
    String nameOf(Id subcluster) {
        return names.getOrDefault(subcluster, subcluster.shortHex());
    }
}

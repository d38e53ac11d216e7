// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.Map;

/** The trees of the subclusters of which something has come of late. */
final class PushTrees {

    private final BoundedMap<Id, PushTree> trees = new BoundedMap<>(Limits.PUSH_TREES_MAX);

    /** That of a packet's subcluster. */
    PushTree of(CachedPacket packet) {
        PushTree tree = trees.get(packet.subcluster());
        if (tree == null) {
            tree = new PushTree();
            trees.put(packet.subcluster(), tree);
        }
        return tree;
    }

    /** Kin says something of the trees of subclusters that are called so, as {@link Receipt#name} has it. */
    void told(Receipt receipt, Peer by) {
        for (Map.Entry<Id, PushTree> each : trees.entries()) {
            if (receipt.names().contains(Receipt.name(each.getKey()))) {
                if (receipt.number() == Receipt.SPARE) {
                    each.getValue().spare(by);
                } else {
                    each.getValue().wanted(by);
                }
            }
        }
    }

    void peerDown(Peer peer) {
        trees.entries().forEach(each -> each.getValue().peerDown(peer));
    }
}

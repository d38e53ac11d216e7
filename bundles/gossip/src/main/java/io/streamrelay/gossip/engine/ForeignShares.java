// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.StoreInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much room each other cluster takes, so that one of them cannot push the others out (protocol-v6 D48), and all
 * together leave half of the room to this node's own.
 */
final class ForeignShares {

    /** All other clusters together get one part of so many. A guess. */
    private static final int ALL_PART = 2;

    /** One other cluster gets one part of so many. A guess. */
    private static final int ONE_PART = 4;

    private final Map<Id, Share> byCluster = new LinkedHashMap<>();
    private long bytes;

    void add(CachedPacket packet) {
        Share share = byCluster.computeIfAbsent(packet.cluster(), fresh -> new Share());
        share.add(packet);
        bytes += packet.sizeBytes();
    }

    void remove(CachedPacket packet) {
        Share share = byCluster.get(packet.cluster());
        share.remove(packet);
        bytes -= packet.sizeBytes();
        if (share.isEmpty()) {
            byCluster.remove(packet.cluster());
        }
    }

    /** The oldest packet of a cluster that takes more than its share of {@code roomBytes}, or null. */
    CachedPacket overdrawn(Id cluster, long roomBytes) {
        Share share = byCluster.get(cluster);
        return share == null || share.bytes() <= roomBytes / ONE_PART ? null : share.oldest();
    }

    /** What is held of each, the largest first. */
    List<StoreInfo.Cluster> clusters() {
        List<StoreInfo.Cluster> clusters = new ArrayList<>();
        byCluster.forEach((id, share) -> clusters.add(new StoreInfo.Cluster(id, share.packets(), share.bytes())));
        clusters.sort(Comparator.comparingLong(StoreInfo.Cluster::bytes).reversed());
        return clusters;
    }

    long bytes() {
        return bytes;
    }

    /** Whether so many bytes of a cluster could be added without its share, or that of all, being exceeded. */
    boolean hasRoomFor(Id cluster, int more, long roomBytes) {
        Share share = byCluster.get(cluster);
        long taken = share == null ? 0 : share.bytes();
        return taken + more <= roomBytes / ONE_PART && bytes + more <= roomBytes / ALL_PART;
    }

    /** Whether all together take more than their share. */
    boolean areOverdrawn(long roomBytes) {
        return bytes > roomBytes / ALL_PART;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.List;

/**
 * What a node holds at this moment, and how much it may. Sizes are bytes of packets.
 *
 * @param carriedBytes packets that others hold, too, or should: other members', strangers', own ones that were passed on
 * @param carriedBytesMax how many it may carry; beyond that it lets go of the least important
 * @param backlogBytes own packets that nobody else is known to hold
 * @param backlogBytesMax how many may wait; beyond that it accepts nothing
 * @param clusters what is carried, by cluster, its own first, then the largest; at most 64
 */
public record StoreInfo(
        long carriedBytes, long carriedBytesMax, long backlogBytes, long backlogBytesMax, List<Cluster> clusters) {

    /**
     * What is carried for one cluster.
     *
     * @param id the cluster's id
     * @param packets how many packets
     * @param bytes their size in bytes
     */
    public record Cluster(Id id, long packets, long bytes) {}

    public StoreInfo {
        clusters = List.copyOf(clusters);
    }
}

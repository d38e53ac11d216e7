// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.List;

/**
 * What the node holds, in bytes of packets.
 *
 * @param failing whether it cannot be written at the moment
 * @param carriedBytes what is carried for the mesh
 * @param carriedBytesMax how much may be
 * @param backlogBytes own packets that nobody else is known to hold
 * @param backlogBytesMax how much may wait
 * @param clusters what is carried for each cluster
 */
public record StoreView(
        boolean failing,
        long carriedBytes,
        long carriedBytesMax,
        long backlogBytes,
        long backlogBytesMax,
        List<Cluster> clusters) {

    /**
     * What is carried for one cluster.
     *
     * @param id 64 hex digits
     * @param own whether it is this node's
     * @param packets how many
     * @param bytes their size
     */
    public record Cluster(String id, boolean own, long packets, long bytes) {}
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.streamrelay.console.text.Ids;
import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.StoreView;
import java.util.List;

/** What the gateway holds. */
final class StoreMetrics {

    private StoreMetrics() {}

    static List<Family> of(Snapshot snapshot) {
        StoreView store = snapshot.store();
        if (store == null) {
            return List.of();
        }
        Family clusters =
                Family.gauge("srp_store_cluster_bytes", "What is carried for each cluster; own is this gateway's");
        Family packets = Family.gauge("srp_store_cluster_packets", "How many packets are carried for each cluster");
        for (StoreView.Cluster cluster : store.clusters()) {
            String own = Boolean.toString(cluster.own());
            clusters.value(cluster.bytes(), "cluster", Ids.brief(cluster.id()), "own", own);
            packets.value(cluster.packets(), "cluster", Ids.brief(cluster.id()), "own", own);
        }
        return List.of(
                gauge("srp_store_failing", "Whether the store cannot be written", store.failing() ? 1 : 0),
                gauge("srp_store_carried_bytes", "What is carried for the mesh", store.carriedBytes()),
                gauge("srp_store_carried_limit_bytes", "How much may be carried", store.carriedBytesMax()),
                gauge("srp_store_backlog_bytes", "Own packets that nobody else is known to hold", store.backlogBytes()),
                gauge("srp_store_backlog_limit_bytes", "How many of those may wait", store.backlogBytesMax()),
                clusters,
                packets);
    }

    private static Family gauge(String name, String help, double value) {
        return Family.gauge(name, help).value(value);
    }
}

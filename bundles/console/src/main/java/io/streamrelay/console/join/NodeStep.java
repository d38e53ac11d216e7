// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import io.streamrelay.api.Id;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.config.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.Configuration;

/** Lets the node begin with the invitation's peers, in its cluster. */
final class NodeStep {

    private static final String PID = "io.streamrelay.node";
    private static final String PEERS = "peers";
    private static final String CLUSTER_ID = "clusterId";

    /** The id of the cluster of those who have not chosen one: SHA-256 of {@code streamrelay}. */
    private static final Id DEFAULT = Id.ofHex("a223e186bde532e5d7201df6a24cceeef3c833b9a74f318df67c4d4392508e05");

    private final Configurations configurations;
    private final Id cluster;

    /** @param cluster the one that the node is in */
    NodeStep(Configurations configurations, Id cluster) {
        this.configurations = configurations;
        this.cluster = cluster;
    }

    /** @throws IllegalArgumentException when the node would have to change its cluster and may not */
    void check(Invitation invitation, JoinOptions options) {
        if (!invitation.cluster().equals(cluster) && !cluster.equals(DEFAULT) && !options.moveCluster()) {
            throw new IllegalArgumentException("the invitation is for cluster "
                    + invitation.cluster().shortHex() + " and this gateway is in " + cluster.shortHex()
                    + "; with --cluster it leaves its own for that one, with all its subclusters");
        }
    }

    /** Says what it has done. */
    List<String> apply(Invitation invitation) throws IOException {
        Configuration configuration = configurations.single(PID);
        Map<String, Object> values = Configurations.values(configuration);
        List<String> known = new Settings(values).list(PEERS);
        List<String> fresh = fresh(invitation.peers(), known);
        Map<String, Object> changes = new HashMap<>();
        if (!fresh.isEmpty()) {
            List<String> all = new ArrayList<>(known);
            all.addAll(fresh);
            // A list stays what it was: a text in files, an array where a form made it.
            Object before = values.get(PEERS);
            changes.put(PEERS, before instanceof String[] ? all.toArray(new String[0]) : String.join(",", all));
        }
        if (!invitation.cluster().equals(cluster)) {
            changes.put(CLUSTER_ID, invitation.cluster().hex());
        }
        if (!changes.isEmpty()) {
            Configurations.change(configuration, changes);
        }
        return told(fresh, changes.containsKey(CLUSTER_ID) ? invitation.cluster() : null);
    }

    private static List<String> told(List<String> fresh, Id moved) {
        List<String> lines = new ArrayList<>();
        lines.add(
                fresh.isEmpty()
                        ? "peers: nothing to add"
                        : "peers: " + String.join(", ", fresh) + (fresh.size() == 1 ? " is new" : " are new"));
        if (moved != null) {
            lines.add("cluster: moved to " + moved.shortHex());
        }
        return lines;
    }

    private static List<String> fresh(List<String> invited, List<String> known) {
        List<String> places = known.stream().map(NodeStep::place).toList();
        return invited.stream()
                .filter(peer -> !places.contains(place(peer)))
                .distinct()
                .toList();
    }

    /** Without the peer id: the same place with and without it is one peer. */
    private static String place(String peer) {
        return peer.substring(peer.indexOf('@') + 1);
    }
}

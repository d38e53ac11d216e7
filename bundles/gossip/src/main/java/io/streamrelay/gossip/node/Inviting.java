// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.NatType;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes invitations: whoever is invited begins with this node where it can be reached, and with peers that take datagrams
 * from everybody.
 *
 * @param node this node
 * @param endpoints where it is reached, the best first
 * @param peers those that are connected
 */
record Inviting(NodeInfo node, List<Endpoint> endpoints, List<PeerInfo> peers) {

    /** This node may have many addresses, and the others should have room. A guess. */
    private static final int OWN_MAX = 4;

    Invitation to(MeshSubcluster subcluster) {
        Set<String> begin = new LinkedHashSet<>();
        endpoints.stream().limit(OWN_MAX).map(Endpoint::toString).forEach(begin::add);
        peers.stream()
                .filter(peer -> peer.natType() == NatType.UNRESTRICTED)
                .map(peer -> peer.endpoint().toString())
                .forEach(begin::add);
        return new Invitation(
                node.clusterId(),
                subcluster.name(),
                subcluster.key(),
                begin.stream().limit(Invitation.PEERS_MAX).toList());
    }
}

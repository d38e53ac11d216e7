// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.NodeView;
import io.streamrelay.console.view.PeerView;
import io.streamrelay.console.view.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands between this gateway and the others.
 *
 * @param node null while no node runs
 * @param peers those that can be reached
 */
public record NatReport(NodeView node, List<PeerView> peers) implements Report {

    /** What {@code --json} gives. */
    record Nat(int udpPort, String address, String natType, List<Way> peers) {}

    /** How one peer is reached. */
    record Way(String peer, String natType, String route, String address, String via) {}

    /** A gateway's. */
    public static NatReport of(Snapshot snapshot) {
        return new NatReport(
                snapshot.node(),
                snapshot.peers().stream()
                        .filter(peer -> peer.state() != PeerView.State.ABSENT)
                        .toList());
    }

    @Override
    public List<String> lines() {
        if (node == null) {
            return List.of("the node is not running");
        }
        List<String> lines = new ArrayList<>();
        lines.add("UDP port " + node.udpPort() + ", seen "
                + (node.address() == null ? "by nobody yet" : "by others at " + node.address()));
        lines.add("NAT " + node.natType() + ": " + meaning());
        TextTable table = TextTable.of("peer", "NAT", "route", "address", "via");
        peers.forEach(peer ->
                table.row(Ids.brief(peer.id()), peer.natType(), peer.route(), peer.address(), Ids.brief(peer.via())));
        lines.addAll(table.lines("no peer is in reach"));
        return lines;
    }

    private String meaning() {
        return switch (node.natType()) {
            case "unrestricted" -> "everybody can reach this gateway";
            case "address-restricted", "port-restricted" ->
                "peers reach it after an introduction, through a hole that both make";
            case "endpoint-restricted" ->
                "a symmetric NAT; peers behind such a one, too, need a third to pass on what they send";
            default -> "not known before two peers have looked at it";
        };
    }

    @Override
    public Object data() {
        if (node == null) {
            return null;
        }
        List<Way> ways = peers.stream()
                .map(peer -> new Way(peer.id(), peer.natType(), peer.route(), peer.address(), peer.via()))
                .toList();
        return new Nat(node.udpPort(), node.address(), node.natType(), ways);
    }
}

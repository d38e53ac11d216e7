// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.NatType;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the page. Nothing that is secret is on it. */
final class NodePage {

    private static final String RENEW_SECONDS = "10";
    private static final String UNKNOWN = "unknown";

    private final String version;

    /** @param version of these bundles */
    NodePage(String version) {
        this.version = version;
    }

    /**
     * @param relay null while no node runs
     * @param stylesheet where it is
     */
    String html(StreamRelay relay, String stylesheet) {
        HtmlWriter html = new HtmlWriter();
        html.open("html", "lang", "en");
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "http-equiv", "refresh", "content", RENEW_SECONDS);
        html.element("title", "Streamrelay");
        html.empty("link", "rel", "stylesheet", "href", stylesheet);
        html.close();
        html.open("body");
        html.open("main");
        html.element("h1", "Streamrelay");
        if (relay == null) {
            html.element("p", "The node is not running.");
        } else {
            write(NodeStatus.of(relay), html);
        }
        return html.end();
    }

    private void write(NodeStatus status, HtmlWriter html) {
        node(status).writeTo(html);
        peers(status).writeTo(html);
        absentPeers(status).writeTo(html);
        subclusters(status).writeTo(html);
        backlog(status).writeTo(html);
        counters(status).writeTo(html);
    }

    private Table node(NodeStatus status) {
        NodeInfo node = status.node();
        return new Table(
                "Node",
                List.of(),
                List.of(
                        List.of("Peer id", node.peerId().hex()),
                        List.of("Cluster", node.clusterId().hex()),
                        List.of(
                                "Address",
                                node.reflexive().map(Object::toString).orElse(UNKNOWN)),
                        List.of("NAT", nat(node.natType())),
                        List.of("UDP port", Integer.toString(node.port())),
                        List.of("Peers", Integer.toString(node.peers())),
                        List.of("Runs for", text(node.uptimeMs())),
                        List.of("Version", version)));
    }

    private static Table peers(NodeStatus status) {
        return new Table(
                "Peers",
                List.of("Peer", "Address", "NAT", "Speaks", "Last contact", "Round trip", "Subclusters"),
                status.peers().stream()
                        .map(peer -> List.of(
                                peer.id().shortHex(),
                                peer.endpoint().toString(),
                                nat(peer.natType()),
                                peer.kin() ? "Streamrelay" : "reference",
                                ago(peer.silentMs()),
                                peer.roundTripMs() < 0 ? UNKNOWN : peer.roundTripMs() + " ms",
                                subclustersOf(peer, status)))
                        .toList());
    }

    private static String subclustersOf(PeerInfo peer, NodeStatus status) {
        return peer.subclusters().stream().map(status::nameOf).sorted().collect(Collectors.joining(", "));
    }

    private static Table absentPeers(NodeStatus status) {
        return new Table(
                "Absent peers",
                List.of("Peer", "Last address", "Last contact"),
                status.absentPeers().stream()
                        .map(peer ->
                                List.of(peer.id().shortHex(), peer.endpoint().toString(), ago(peer.silentMs())))
                        .toList());
    }

    private static Table subclusters(NodeStatus status) {
        return new Table(
                "Subclusters",
                List.of("Name", "Id", "Members connected", "Messages given up"),
                status.subclusters().stream().map(NodePage::subcluster).toList());
    }

    private static List<String> subcluster(Subcluster subcluster) {
        return List.of(
                subcluster.name(),
                subcluster.id().shortHex(),
                Integer.toString(subcluster.members().size()),
                Long.toString(
                        subcluster.gaps().stream().mapToLong(GapInfo::envelopes).sum()));
    }

    private static Table backlog(NodeStatus status) {
        return new Table(
                "Backlog",
                List.of("Subcluster", "Messages", "Bytes", "Oldest"),
                status.backlog().stream().map(each -> backlog(each, status)).toList());
    }

    private static List<String> backlog(BacklogInfo backlog, NodeStatus status) {
        return List.of(
                status.nameOf(backlog.subcluster()),
                Long.toString(backlog.messages()),
                Long.toString(backlog.bytes()),
                ago(backlog.oldestMs()));
    }

    private static Table counters(NodeStatus status) {
        return new Table(
                "Dropped and refused",
                List.of("Reason", "Count"),
                status.counters().entrySet().stream()
                        .map(each -> List.of(each.getKey(), each.getValue().toString()))
                        .toList());
    }

    private static String nat(NatType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String ago(long ms) {
        return text(ms) + " ago";
    }

    private static String text(long ms) {
        return new Span(ms).text();
    }
}

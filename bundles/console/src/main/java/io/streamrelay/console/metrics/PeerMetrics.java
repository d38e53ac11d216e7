// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.metrics;

import io.streamrelay.console.text.Ids;
import io.streamrelay.console.view.PeerView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many peers there are, and how the links to some of them are. */
final class PeerMetrics {

    /** A guess: each peer is five series for ever in Prometheus, and who has more peers looks at sums. */
    static final int PEERS_MAX = 64;

    private static final String PEER = "peer";
    private static final double MS = 1000;

    private PeerMetrics() {}

    static List<Family> of(List<PeerView> peers) {
        Family roundTrip = Family.gauge("srp_peer_round_trip_seconds", "The last round trip to a connected peer");
        Family loss = Family.gauge("srp_peer_loss_ratio", "Of what was sent to a peer lately, the share that got lost");
        Family waiting = Family.gauge("srp_peer_waiting_packets", "Packets that wait here to leave toward a peer");
        Family inStep =
                Family.gauge("srp_peer_in_step", "Whether a peer held the same packets when both last compared");
        Family silent = Family.gauge("srp_peer_silent_seconds", "How long nothing was heard from a connected peer");
        peers.stream()
                .filter(peer -> peer.state() == PeerView.State.CONNECTED)
                .limit(PEERS_MAX)
                .forEach(peer -> {
                    String id = Ids.brief(peer.id());
                    if (peer.roundTripMs() >= 0) {
                        roundTrip.value(peer.roundTripMs() / MS, PEER, id);
                    }
                    loss.value(peer.lossShare(), PEER, id);
                    waiting.value(peer.waitingPackets(), PEER, id);
                    inStep.value(peer.inStep() ? 1 : 0, PEER, id);
                    silent.value(peer.silentMs() / MS, PEER, id);
                });
        return List.of(count(peers), roundTrip, loss, waiting, inStep, silent);
    }

    private static Family count(List<PeerView> peers) {
        Family family = Family.gauge("srp_peers", "How many peers there are, by whether and how they are reached");
        Map<String, Map<String, Long>> counts = peers.stream()
                .collect(Collectors.groupingBy(
                        peer -> peer.state().name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.groupingBy(PeerView::route, TreeMap::new, Collectors.counting())));
        // A series that is missing is no alarm: the usual ones are there with 0, too.
        counts.computeIfAbsent("connected", state -> new TreeMap<>());
        counts.get("connected").putIfAbsent("direct", 0L);
        counts.get("connected").putIfAbsent("punched", 0L);
        counts.forEach((state, routes) ->
                routes.forEach((route, count) -> family.value(count, "state", state, "route", route)));
        return family;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.PeerView;
import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.Span;
import java.util.List;
import java.util.Locale;

/**
 * The peers, and whether each is up to date; or one of them.
 *
 * @param peers which
 * @param single whether one was asked for
 */
public record PeersReport(List<PeerView> peers, boolean single) implements Report {

    private static final int PERCENT = 100;

    /** All peers. */
    public static PeersReport of(Snapshot snapshot) {
        return new PeersReport(snapshot.peers(), false);
    }

    /**
     * One peer.
     *
     * @param begin the first digits of its id
     * @throws IllegalArgumentException when no peer, or more than one, begins so
     */
    public static PeersReport of(Snapshot snapshot, String begin) {
        String id = Ids.find(
                "peer", begin, snapshot.peers().stream().map(PeerView::id).toList());
        return new PeersReport(
                snapshot.peers().stream().filter(peer -> peer.id().equals(id)).toList(), true);
    }

    @Override
    public List<String> lines() {
        return single ? one(peers.get(0)) : table();
    }

    private List<String> table() {
        TextTable table = TextTable.of(
                "peer", "state", "up to date", "heard", "rtt", "loss", "route", "address", "kind", "subclusters");
        for (PeerView peer : peers) {
            table.row(
                    Ids.brief(peer.id()),
                    word(peer.state()),
                    Progress.word(peer),
                    Span.time(peer.silentMs()) + " ago",
                    roundTrip(peer),
                    loss(peer),
                    peer.route(),
                    peer.address(),
                    kind(peer),
                    Printable.text(String.join(",", peer.subclusters())));
        }
        return table.lines("no peer is known");
    }

    private static List<String> one(PeerView peer) {
        return List.of(
                "peer " + Ids.brief(peer.id()) + " " + Progress.sentence(peer),
                "id           " + peer.id(),
                "state        " + word(peer.state()) + ", heard " + Span.time(peer.silentMs()) + " ago",
                "reached      " + peer.route() + (peer.via() == null ? "" : " by " + Ids.brief(peer.via()))
                        + (peer.address() == null ? "" : " at " + peer.address()) + ", NAT " + peer.natType(),
                "link         rtt " + roundTrip(peer) + ", loss " + loss(peer),
                "kind         " + kind(peer),
                "subclusters  " + Printable.text(String.join(", ", peer.subclusters())));
    }

    private static String word(PeerView.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String roundTrip(PeerView peer) {
        return peer.roundTripMs() < 0 ? "-" : peer.roundTripMs() + " ms";
    }

    private static String loss(PeerView peer) {
        return peer.state() == PeerView.State.CONNECTED && peer.kin()
                ? Math.round(peer.lossShare() * PERCENT) + " %"
                : "-";
    }

    private static String kind(PeerView peer) {
        if (peer.state() != PeerView.State.CONNECTED) {
            return peer.carrier() ? "carrier" : "-";
        }
        return (peer.kin() ? "streamrelay" : "reference") + (peer.carrier() ? ", carrier" : "");
    }

    @Override
    public Object data() {
        return single ? peers.get(0) : peers;
    }
}

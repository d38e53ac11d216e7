// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.ArrayList;
import java.util.List;

/** Looks at a gateway and says of each part whether it is well, and what to do when it is not. */
final class Checkup {

    /** From this part of the backlog's limit on somebody should look. A guess: time to act is left. */
    private static final double NEARLY_FULL = 0.8;

    /** What has waited for longer has met nobody for many keep-alives. A guess. */
    private static final long LONG_WAIT_MS = 10 * 60_000;

    /** Who has been away for longer is said to be away, and no alarm any more: peers come and go. A guess. */
    private static final long LONG_GONE_MS = 10 * 60_000;

    private final NodeView node;
    private final List<PeerView> peers;
    private final List<SubclusterView> subclusters;
    private final StoreView store;
    private final List<BridgeView> bridges;

    Checkup(
            NodeView node,
            List<PeerView> peers,
            List<SubclusterView> subclusters,
            StoreView store,
            List<BridgeView> bridges) {
        this.node = node;
        this.peers = peers;
        this.subclusters = subclusters;
        this.store = store;
        this.bridges = bridges;
    }

    /** One for each check, in their order; while no node runs that one alone. */
    List<Finding> findings() {
        if (node == null) {
            return List.of(new Finding(
                    Check.NODE,
                    Level.BAD,
                    "the node is not running",
                    "look in the log for 'streamrelay cannot start'"));
        }
        return List.of(
                Finding.ok(
                        Check.NODE,
                        "runs for " + Span.time(node.uptimeMs()) + " as "
                                + node.peerId().substring(0, 8)),
                store(),
                broker(),
                peers(),
                clock(),
                backlog());
    }

    private Finding store() {
        if (store.failing()) {
            return new Finding(
                    Check.STORE,
                    Level.BAD,
                    "the store cannot be written: messages are relayed but none is accepted",
                    "free some room on its disk, or look in the log for 'cannot be written'");
        }
        if (store.backlogBytes() >= store.backlogBytesMax() * NEARLY_FULL) {
            return new Finding(
                    Check.STORE,
                    store.backlogBytes() >= store.backlogBytesMax() ? Level.BAD : Level.WATCH,
                    Span.bytes(store.backlogBytes()) + " of " + Span.bytes(store.backlogBytesMax())
                            + " for own messages are taken",
                    "bring another gateway into reach, or raise backlogMegabytes");
        }
        return Finding.ok(
                Check.STORE,
                Span.bytes(store.carriedBytes()) + " of " + Span.bytes(store.carriedBytesMax()) + " carried");
    }

    private Finding broker() {
        List<String> away = new ArrayList<>();
        for (BridgeView bridge : bridges) {
            if (!bridge.connected()) {
                away.add(bridge.name() + " at " + bridge.broker()
                        + (bridge.problem() == null ? "" : ": " + bridge.problem()));
            }
        }
        if (!away.isEmpty()) {
            return new Finding(
                    Check.BROKER,
                    Level.BAD,
                    "not connected: " + String.join("; ", away),
                    "see that the broker runs and takes this user; messages wait meanwhile");
        }
        return Finding.ok(
                Check.BROKER,
                switch (bridges.size()) {
                    case 0 -> "no broker is bridged";
                    case 1 -> "the bridge is connected";
                    default -> "all " + bridges.size() + " bridges are connected";
                });
    }

    private Finding peers() {
        long connected = peers.stream()
                .filter(peer -> peer.state() == PeerView.State.CONNECTED)
                .count();
        if (connected == 0) {
            return new Finding(
                    Check.PEERS,
                    Level.WATCH,
                    "no peer is connected",
                    "set peers of io.streamrelay.node to one that can be reached, and let UDP port " + node.udpPort()
                            + " through the firewall");
        }
        long gone = peers.stream()
                .filter(peer -> peer.state() == PeerView.State.ABSENT && peer.silentMs() < LONG_GONE_MS)
                .count();
        if (gone > 0) {
            return new Finding(
                    Check.PEERS,
                    Level.WATCH,
                    connected + " connected, " + gone + (gone == 1 ? " has" : " have") + " gone lately",
                    "see that the other gateway runs and its link works; it gets what is here when it is back");
        }
        long behind = peers.stream()
                .filter(peer -> peer.state() == PeerView.State.CONNECTED && !peer.inStep() && peer.kin())
                .count();
        return Finding.ok(
                Check.PEERS,
                connected + " connected" + (behind == 0 ? ", all in step" : ", " + behind + " still catching up"));
    }

    private Finding clock() {
        return node.clockIsSet()
                ? Finding.ok(Check.CLOCK, "is set")
                : new Finding(
                        Check.CLOCK,
                        Level.WATCH,
                        "the clock was never set: messages carry their age, and no time",
                        "set the host's clock, by NTP or by hand; nothing is lost meanwhile");
    }

    private Finding backlog() {
        long messages = 0;
        long oldestMs = 0;
        List<String> names = new ArrayList<>();
        for (SubclusterView subcluster : subclusters) {
            if (subcluster.backlogMessages() > 0) {
                messages += subcluster.backlogMessages();
                oldestMs = Math.max(oldestMs, subcluster.backlogOldestMs());
                names.add(subcluster.name());
            }
        }
        if (messages == 0) {
            return Finding.ok(Check.BACKLOG, "everything sent here is held by others, too");
        }
        String text = messages + (messages == 1 ? " message" : " messages") + " of " + String.join(", ", names)
                + " held by this gateway alone, for up to " + Span.time(oldestMs);
        return oldestMs < LONG_WAIT_MS
                ? Finding.ok(Check.BACKLOG, text)
                : new Finding(
                        Check.BACKLOG,
                        Level.WATCH,
                        text,
                        "bring another gateway into reach; keep this one's disk until then");
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree on which what is new of one subcluster is pushed: which kin gets it at once, and which need not. The idea is
 * Plumtree's (Leitão, Pereira, Rodrigues, Epidemic Broadcast Trees, 2007); what it announces to lazy neighbours anti-entropy
 * finds here, and where it cuts at each packet that comes twice, here few packets cut, the same ones everywhere: what two that
 * are under way at the same time cut might leave some without any edge.
 *
 * <pre>
 *   untried  drawn by lot; eager from then on
 *   eager    it is sent what is new, and sends it: something came first from there, or left for there and was not called spare
 *   lazy     what came from there, or left for there, was there already; it is eager again when more than by chance is found
 *            to lack by comparing with it
 * </pre>
 */
final class PushTree {

    /** After so long half of the packets that were new count no more for their rate. A guess: one is everywhere by then. */
    private static final double RATE_HALVES_MS = 2_000;

    /** What one packet adds to the rate, in packets a second. */
    private static final double ONE_PER_SECOND = 1_000 * Math.log(2) / RATE_HALVES_MS;

    /**
     * How many cut in a second. Measured with 50 packets a second from many nodes: with a quarter of it some meshes of 128 nodes
     * have learned no tree after 10 s; when all cut, half of 48 nodes wait twice as long for a packet.
     */
    private static final double CUTS_PER_SECOND = 4 * ONE_PER_SECOND;

    /** How slowly the share of gaps is forgotten, in packets. A guess. */
    private static final double GAPS_MEMORY = 8;

    /** From this share on gaps are no longer chance: three in a row, say. A guess. */
    private static final double GAPS_MAX = 0.25;

    private static final double NAMES = 1 << 24;

    private static final class Edge {
        private boolean eager = true;
        private long saidMs = Long.MIN_VALUE / 2;
    }

    private final Map<Id, Edge> edges = new LinkedHashMap<>();
    private double perSecond;
    private long countedMs = Long.MIN_VALUE / 2;
    private long origin;
    private long newMs = Long.MIN_VALUE / 2;
    private double gaps;
    private long pushedMs = Long.MIN_VALUE / 2;

    /** Who gets at once what is new; but for whoever is there, from where it has come. */
    List<Peer> eager(PeerTable peers, Endpoint from) {
        List<Peer> eager = new ArrayList<>();
        for (Map.Entry<Id, Edge> each : edges.entrySet()) {
            Peer peer = each.getValue().eager ? peers.byId(each.getKey()) : null;
            if (peer != null && peer.kin() && !peer.endpoint().equals(from)) {
                eager.add(peer);
            }
        }
        return eager;
    }

    /** Whether nothing has shown yet whether it needs what is new from here. */
    boolean isUntried(Peer peer) {
        return !edges.containsKey(peer.id());
    }

    /**
     * A packet is new here. Those that one node sends one after the other count as one: they go the same way, and cut in the same
     * places.
     */
    void isNew(CachedPacket packet, long nowMs) {
        if (packet.origin() != origin || nowMs - newMs >= RATE_HALVES_MS) {
            perSecond = ONE_PER_SECOND + perSecond * Math.pow(0.5, (nowMs - countedMs) / RATE_HALVES_MS);
            countedMs = nowMs;
        }
        origin = packet.origin();
        newMs = nowMs;
    }

    /** A packet that is new has come from kin. @return whether that is to be told that it is to push what is new */
    boolean cameFirst(Peer from, boolean mendsGap, long nowMs) {
        Edge edge = edges.get(from.id());
        if (!mendsGap && edge == null) {
            edge = edge(from);
        }
        if (edge != null && edge.eager) {
            gaps -= gaps / GAPS_MEMORY;
            pushedMs = nowMs;
            return false;
        }
        if (!mendsGap) {
            // It was sent by chance: there it need not come from.
            return false;
        }
        gaps += (1 - gaps) / GAPS_MEMORY;
        boolean wants = gaps > GAPS_MAX || nowMs - pushedMs >= Timing.PUSHED_OF_LATE_MS;
        if (wants) {
            edge(from).eager = true;
            gaps = 0;
            pushedMs = nowMs;
        }
        return wants;
    }

    private Edge edge(Peer peer) {
        return edges.computeIfAbsent(peer.id(), key -> new Edge());
    }

    /** A packet is pushed to kin. Who is lazy may be sent one by chance. */
    void pushed(Peer to) {
        edge(to);
    }

    /** A packet that is held has come again, from other kin. @return whether that is to be told that it is spare */
    boolean cameAgain(CachedPacket held, Peer from, long nowMs) {
        Edge edge = edge(from);
        Edge first = edges.get(held.bringer());
        boolean cameByTree = held.own() || first != null && first.eager;
        if (!cameByTree || !cuts(held)) {
            return false;
        }
        edge.eager = false;
        boolean says = nowMs - edge.saidMs >= Timing.SPARE_AGAIN_MS;
        edge.saidMs = says ? nowMs : edge.saidMs;
        return says;
    }

    /** The same packets do everywhere, as far as all see the same rate. */
    private boolean cuts(CachedPacket packet) {
        return perSecond * Receipt.name(packet.id()) <= CUTS_PER_SECOND * NAMES;
    }

    /** Kin has had what came from here. */
    void spare(Peer by) {
        Edge edge = edges.get(by.id());
        if (edge != null) {
            edge.eager = false;
        }
    }

    /** Kin wants what is new from here. */
    void wanted(Peer by) {
        edge(by).eager = true;
    }

    /** Kin has gone; where it was on the tree others may be needed that were not. */
    void peerDown(Peer peer) {
        Edge edge = edges.remove(peer.id());
        if (edge != null && edge.eager) {
            edges.values().removeIf(other -> !other.eager);
        }
    }
}

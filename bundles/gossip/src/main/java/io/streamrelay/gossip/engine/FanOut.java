// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * To whom a packet is passed on that is new here: along the tree of its subcluster, and by lot to members of it first, never
 * back to where it came from.
 *
 * <pre>
 *   own      all that are eager, and others by lot that it is 3, of those that are untried first; where nobody is eager, 8
 *   relayed  all that are eager, and by lot as many untried ones that it is 2, at once; and that it is 3, another one unless
 *            another copy of it has come within 60 ms; after 16 hops those that are eager alone
 *   a repair all that are eager, while it is young; else, or where nobody is, 1 member by lot: the others compare, and most
 *            of them have it; on a line, where nobody else is, 1 carrier
 * </pre>
 *
 * <p>While a line to one of those that are eager loses packets, lots are drawn among the lazy ones, too. Reference peers,
 * which compare each half minute alone, are drawn as the reference draws them, and get it at once.
 *
 * @param first who gets it at once
 * @param rest who gets it later, unless it has come again by then: then it is on its way to most
 */
record FanOut(CachedPacket packet, List<Peer> first, List<Peer> rest) {

    static FanOut of(
            CachedPacket packet, Endpoint from, PeerTable peers, PushTree tree, RandomGenerator random, long nowMs) {
        boolean isLate = packet.isLate(nowMs);
        List<Peer> eager = isLate ? new ArrayList<>() : tree.eager(peers, from);
        boolean anyMayLack = isLate || isLossy(eager);
        eager.removeIf(peer -> peer.outflow().line().isCut());
        if (!packet.own() && packet.hops() >= Limits.HOPS_MAX) {
            return new FanOut(packet, eager, List.of());
        }
        int kinMax = Math.max(0, kinMax(packet, eager.isEmpty()) - eager.size());
        Predicate<Peer> isOther = peer -> !peer.endpoint().equals(from) && !eager.contains(peer);
        Predicate<Peer> mayLack = anyMayLack ? isOther : isOther.and(peer -> !peer.kin() || tree.isUntried(peer));
        List<Peer> chosen = drawn(packet, kinMax, mayLack, peers, random);
        int more = packet.own() ? Limits.FAN_OUT_RELAY - eager.size() - chosen.size() : 0;
        if (more > 0) {
            chosen.addAll(peers.sample(more, isOther.and(peer -> peer.kin() && !chosen.contains(peer)), random));
        }
        return of(packet, eager, chosen, kinMax);
    }

    private static boolean isLossy(List<Peer> eager) {
        for (Peer peer : eager) {
            if (peer.outflow().line().isLossy()) {
                return true;
            }
        }
        return false;
    }

    private static List<Peer> drawn(
            CachedPacket packet, int kinMax, Predicate<Peer> mayLack, PeerTable peers, RandomGenerator random) {
        int count = amongReferences(peers) ? Math.max(kinMax, Limits.FAN_OUT_CONTROL) : kinMax;
        Predicate<Peer> isMember = peer -> peer.subclusters().contains(packet.subcluster());
        List<Peer> chosen = new ArrayList<>(peers.sample(count, mayLack.and(isMember), random));
        boolean onLine = chosen.isEmpty() && peers.size() <= Limits.LINE_PEERS;
        boolean carriersToo = packet.own() || !packet.isRepair() || onLine;
        chosen.addAll(peers.sample(
                count - chosen.size(), mayLack.and(isMember.negate()).and(peer -> carriersToo || !peer.kin()), random));
        return chosen;
    }

    /** Asked for each packet, so without a stream. */
    private static boolean amongReferences(PeerTable peers) {
        for (Peer peer : peers.all()) {
            if (!peer.kin()) {
                return true;
            }
        }
        return false;
    }

    private static FanOut of(CachedPacket packet, List<Peer> eager, List<Peer> chosen, int kinMax) {
        int kinAtOnce = packet.own() ? chosen.size() : Math.min(kinMax, Limits.FAN_OUT_AT_ONCE - eager.size());
        List<Peer> first = new ArrayList<>(eager);
        List<Peer> rest = new ArrayList<>();
        int kin = 0;
        for (Peer peer : chosen) {
            if (!peer.kin() || kin < kinAtOnce) {
                first.add(peer);
            } else if (kin < kinMax) {
                rest.add(peer);
            }
            kin += peer.kin() ? 1 : 0;
        }
        return new FanOut(packet, first, rest);
    }

    private static int kinMax(CachedPacket packet, boolean isFirst) {
        if (packet.own() && isFirst) {
            return Limits.FAN_OUT_ORIGIN;
        }
        return packet.isRepair() ? Limits.FAN_OUT_REPAIR : Limits.FAN_OUT_RELAY;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * To whom a packet is passed on that is new here: members of its subcluster first, never back to where it came from.
 *
 * <pre>
 *   own      8 at once
 *   relayed  2 at once, and another one unless another copy of it has come within 60 ms
 *   a repair 1 member: the others compare, and most of them have it; on a line, where nobody else is, 1 carrier
 * </pre>
 *
 * <p>Reference peers, which compare each half minute alone, are drawn as the reference draws them, and get it at once.
 *
 * @param first who gets it at once
 * @param rest who gets it later, unless it has come again by then: then it is on its way to most
 */
record FanOut(CachedPacket packet, List<Peer> first, List<Peer> rest) {

    static FanOut of(CachedPacket packet, Endpoint from, PeerTable peers, RandomGenerator random) {
        int kinMax = kinMax(packet);
        int drawn = amongReferences(peers) ? Math.max(kinMax, Limits.FAN_OUT_CONTROL) : kinMax;
        Predicate<Peer> isOther = peer -> !peer.endpoint().equals(from);
        Predicate<Peer> isMember = peer -> peer.subclusters().contains(packet.subcluster());
        List<Peer> chosen = new ArrayList<>(peers.sample(drawn, isOther.and(isMember), random));
        boolean onLine = chosen.isEmpty() && peers.size() <= Limits.LINE_PEERS;
        boolean carriersToo = packet.own() || !packet.isRepair() || onLine;
        chosen.addAll(peers.sample(
                drawn - chosen.size(), isOther.and(isMember.negate()).and(peer -> carriersToo || !peer.kin()), random));
        return of(packet, chosen, kinMax);
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

    private static FanOut of(CachedPacket packet, List<Peer> chosen, int kinMax) {
        int kinAtOnce = packet.own() ? kinMax : Math.min(kinMax, Limits.FAN_OUT_AT_ONCE);
        List<Peer> first = new ArrayList<>();
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

    private static int kinMax(CachedPacket packet) {
        if (packet.own()) {
            return Limits.FAN_OUT_ORIGIN;
        }
        return packet.isRepair() ? Limits.FAN_OUT_REPAIR : Limits.FAN_OUT_RELAY;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * To whom a packet is passed on that is new here: members of its subcluster first, never back to where it came from.
 *
 * <pre>
 *   own      8 at once
 *   relayed  2 at once, and another one unless it has come from somebody else, too, within 60 ms
 *   a repair 1 member: the others compare, and most of them have it
 *   and where there are reference peers, which compare each half minute alone, to one of these at once
 * </pre>
 *
 * @param first who gets it at once
 * @param rest who gets it later, unless it has come again by then: then it is on its way to most
 */
record FanOut(CachedPacket packet, List<Peer> first, List<Peer> rest) {

    static FanOut of(CachedPacket packet, Endpoint from, PeerTable peers, RandomGenerator random) {
        int most = most(packet);
        List<Peer> chosen = new ArrayList<>(
                peers.sample(most, peer -> !peer.endpoint().equals(from) && isMember(peer, packet), random));
        if (packet.own() || !packet.isRepair()) {
            chosen.addAll(peers.sample(
                    most - chosen.size(), peer -> !peer.endpoint().equals(from) && !isMember(peer, packet), random));
        }
        int atOnce = Math.min(chosen.size(), packet.own() ? most : Limits.FAN_OUT_AT_ONCE);
        List<Peer> first = new ArrayList<>(chosen.subList(0, atOnce));
        if (!packet.own()) {
            first.addAll(peers.sample(
                    1, peer -> !peer.kin() && !peer.endpoint().equals(from) && !chosen.contains(peer), random));
        }
        return new FanOut(packet, first, chosen.subList(atOnce, chosen.size()));
    }

    private static int most(CachedPacket packet) {
        if (packet.own()) {
            return Limits.FAN_OUT_ORIGIN;
        }
        return packet.isRepair() ? Limits.FAN_OUT_REPAIR : Limits.FAN_OUT_RELAY;
    }

    private static boolean isMember(Peer peer, CachedPacket packet) {
        return peer.subclusters().contains(packet.subcluster());
    }
}

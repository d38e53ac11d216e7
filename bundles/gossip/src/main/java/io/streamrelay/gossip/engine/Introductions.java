// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.NatTypes;
import io.streamrelay.gossip.packet.Packet;
import java.util.ArrayList;
import java.util.List;

/**
 * Introduces connected peers to each other: a few members to whoever joins, and two when one asks for the other. The
 * same two ever more rarely.
 */
final class Introductions {

    private record Pair(Id lower, Id higher) {

        static Pair of(Peer one, Peer other) {
            return one.id().compareTo(other.id()) < 0 ? new Pair(one.id(), other.id()) : new Pair(other.id(), one.id());
        }
    }

    private record Made(long atMs, int times) {}

    private final Turn turn;
    private final PeerTable peers;
    private final IntroPackets packets;
    private final BoundedMap<Pair, Made> made = new BoundedMap<>(Limits.INTRODUCTIONS_REMEMBERED_MAX);

    Introductions(Turn turn, PeerTable peers, IntroPackets packets) {
        this.turn = turn;
        this.peers = peers;
        this.packets = packets;
    }

    /** Where there are many peers, a new one is one of many, and may have to make room before it has met anybody. */
    void peerUp(Peer peer) {
        if (peers.size() >= Limits.PEERS_CROWDED && peer.cluster() != null) {
            Meeting meeting = new Meeting(peer.cluster(), null, false, 1);
            peers.sample(
                            Limits.INTRODUCTIONS_PER_JOIN,
                            other -> peer.cluster().equals(other.cluster()) && mayIntroduce(peer, other),
                            turn.random())
                    .forEach(other -> introduce(peer, other, meeting));
        }
    }

    /** A connected peer joins: members of its subcluster should know it, else others of its cluster. */
    void onJoin(Packet packet, Join join, Peer source) {
        if (!join.requester().equals(source.id())) {
            return;
        }
        Id cluster = packet.id(Field.CLUSTER);
        Id subcluster = packet.id(Field.SUBCLUSTER);
        List<Peer> partners = new ArrayList<>(peers.sample(
                Limits.INTRODUCTIONS_PER_JOIN,
                peer -> peer.subclusters().contains(subcluster) && mayIntroduce(source, peer),
                turn.random()));
        partners.addAll(peers.sample(
                Limits.INTRODUCTIONS_PER_JOIN - partners.size(),
                peer -> cluster.equals(peer.cluster())
                        && !peer.subclusters().contains(subcluster)
                        && mayIntroduce(source, peer),
                turn.random()));
        partners.forEach(peer -> introduce(source, peer, meeting(packet, cluster, subcluster, peer)));
    }

    private static Meeting meeting(Packet packet, Id cluster, Id subcluster, Peer partner) {
        // The intro makes its receiver take the other for a member.
        Id shared = partner.subclusters().contains(subcluster) ? subcluster : null;
        return new Meeting(cluster, shared, false, hopsAfter(packet));
    }

    /** One of two connected peers asks for the other. */
    void onAsked(Peer asking, Peer wanted, Packet packet) {
        if (asking != wanted && mayAsk(asking, wanted)) {
            introduce(
                    asking,
                    wanted,
                    new Meeting(packet.id(Field.CLUSTER), packet.id(Field.SUBCLUSTER), true, hopsAfter(packet)));
        }
    }

    private static int hopsAfter(Packet packet) {
        return Math.min(packet.hops() + 1, Limits.HOPS_MAX);
    }

    private boolean mayIntroduce(Peer one, Peer other) {
        return one != other && isOver(one, other, Timing.INTRODUCTION_PAUSE_MS);
    }

    private boolean mayAsk(Peer one, Peer other) {
        return isOver(one, other, Timing.INTRO_GATE_MS);
    }

    /** Whether the pause since these two were last introduced is over; it doubles with each time. */
    private boolean isOver(Peer one, Peer other, long shortestMs) {
        Made last = made.get(Pair.of(one, other));
        return last == null
                || turn.nowMs() - last.atMs()
                        >= Math.min(Timing.INTRODUCTION_PAUSE_MAX_MS, shortestMs << Math.min(last.times(), 12) - 1);
    }

    private void introduce(Peer one, Peer other, Meeting meeting) {
        Endpoint ofOne = presentable(one, other);
        Endpoint ofOther = presentable(other, one);
        if (ofOne == null
                || ofOther == null
                || !NatTypes.isValid(one.natType())
                || !NatTypes.isValid(other.natType())) {
            return;
        }
        Pair pair = Pair.of(one, other);
        Made last = made.get(pair);
        made.put(pair, new Made(turn.nowMs(), last == null ? 1 : last.times() + 1));
        turn.send(other.path(), packets.intro(one, ofOne, meeting));
        turn.send(one.path(), packets.intro(other, ofOther, meeting));
        turn.count("introduced", 1);
    }

    /**
     * Where {@code to} may reach a peer: where this node sees it. What it says of itself is used only when this node
     * sees it in a private network which {@code to} is not in. Null when there is nothing that helps.
     */
    private static Endpoint presentable(Peer shown, Peer to) {
        if (!isPrivate(shown.endpoint()) || isPrivate(to.endpoint())) {
            return shown.endpoint();
        }
        Endpoint claimed = shown.advertised();
        return claimed == null || isPrivate(claimed) ? null : claimed;
    }

    private static boolean isPrivate(Endpoint endpoint) {
        return !AddressPolicy.isOnInternet(endpoint.address());
    }
}

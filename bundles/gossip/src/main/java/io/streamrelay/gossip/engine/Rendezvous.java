// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import java.util.Set;

/**
 * Lets a member that is far away in the mesh meet a peer that joins: through the peer that has written itself into the
 * join as the rendezvous.
 *
 * <pre>
 *   joiner ── join ──► rendezvous ── join with rendezvous ──►…──► member
 *                          ◄──────── "introduce me", directly ─────┘
 *      ◄──── intro ────────┴───────────── intro ──────────────────►
 * </pre>
 */
final class Rendezvous {

    /** A member that asks from an address which has not answered yet. */
    private record Waiting(Packet packet, Id wanted, long sinceMs) {}

    private final Turn turn;
    private final PeerTable peers;
    private final PeerDemand demand;
    private final Set<Id> subscriptions;
    private final IntroPackets packets;
    private final BoundedMap<Id, Long> repliedMs = new BoundedMap<>(Limits.RENDEZVOUS_REMEMBERED_MAX);
    private final BoundedMap<Id, Waiting> waiting = new BoundedMap<>(Limits.RENDEZVOUS_WAITING_MAX);

    Rendezvous(Turn turn, PeerTable peers, PeerDemand demand, Set<Id> subscriptions, IntroPackets packets) {
        this.turn = turn;
        this.peers = peers;
        this.demand = demand;
        this.subscriptions = subscriptions;
        this.packets = packets;
    }

    /** As a member: asks the rendezvous for the peer that joins, when it is wanted. */
    void onJoin(Packet packet, Join join, Peer source) {
        Id subcluster = packet.id(Field.SUBCLUSTER);
        boolean isForUs = join.rendezvousDeadline() != null
                && join.rendezvousRequesterPeerId() == null
                && join.rendezvousAddress() != null
                && join.rendezvousPort() != null
                && join.rendezvousPeerId() != null
                && !join.rendezvousPeerId().equals(turn.config().self())
                && subscriptions.contains(subcluster)
                && peers.byId(join.requester()) == null;
        if (isForUs && isDue(join.requester()) && isWanted(subcluster)) {
            reply(packet, join, source);
        }
    }

    private boolean isDue(Id requester) {
        Long lastMs = repliedMs.get(requester);
        return lastMs == null || turn.nowMs() - lastMs >= Timing.INTRODUCTION_PAUSE_MS;
    }

    /** Whoever has enough peers answers some, so that nobody stays alone: all who have heard would be a storm (D52). */
    private boolean isWanted(Id subcluster) {
        return demand.isFor(subcluster) || demand.isWelcoming() && turn.random().nextInt(Limits.RENDEZVOUS_ONE_IN) == 0;
    }

    private void reply(Packet packet, Join join, Peer source) {
        Endpoint at = Endpoint.of(join.rendezvousAddress(), join.rendezvousPort());
        byte[] reply = packets.reply(packet, join);
        Peer connected = peers.byId(join.rendezvousPeerId());
        if (reply == null) {
            return;
        }
        repliedMs.put(join.requester(), turn.nowMs());
        if (connected != null) {
            turn.send(connected.path(), reply);
        } else if (AddressPolicy.mayContact(at, source.endpoint())) {
            turn.guard().toldOf(at, packet.size());
            turn.sendUnproven(Path.main(at), reply);
        } else {
            turn.drop(DropReason.ADDRESS_REFUSED, source.endpoint());
        }
    }

    /** As the rendezvous: a connected peer asks for another. */
    void onReply(Packet packet, Join join, Peer source) {
        Peer wanted = peers.byId(join.rendezvousRequesterPeerId());
        if (wanted == null) {
            turn.drop(DropReason.NO_ROUTE, source.endpoint());
        } else {
            turn.raise(new Signal.IntroductionAsked(source, wanted, packet));
        }
    }

    /** As the rendezvous: somebody who is not connected asks; the address has to answer before it is passed on. */
    void onStrangersReply(Packet packet, Join join, Path from) {
        if (peers.byId(join.rendezvousRequesterPeerId()) == null) {
            turn.drop(DropReason.NO_ROUTE, from.remote());
            return;
        }
        waiting.put(join.requester(), new Waiting(packet, join.rendezvousRequesterPeerId(), turn.nowMs()));
        turn.raise(new Signal.Approach(join.requester(), from, packet.id(Field.SUBCLUSTER)));
    }

    void peerUp(Peer peer) {
        Waiting asked = waiting.get(peer.id());
        if (asked == null) {
            return;
        }
        waiting.remove(peer.id());
        Peer wanted = peers.byId(asked.wanted());
        if (wanted != null && turn.nowMs() - asked.sinceMs() < Timing.RENDEZVOUS_WAIT_MS) {
            turn.raise(new Signal.IntroductionAsked(peer, wanted, asked.packet()));
        }
    }
}

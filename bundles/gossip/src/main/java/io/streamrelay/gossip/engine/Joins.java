// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Announces which subclusters this node takes part in, ever more rarely while nothing changes, and passes on the
 * announcements of others.
 */
final class Joins {

    /** When a subscription is announced again, and after which pause; timers of other times were overtaken. */
    private record Repetition(long dueMs, long pauseMs) {}

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final ControlPackets packets;
    private final Set<Id> subscriptions;
    private final Membership membership;
    private final Authenticity authenticity;
    private final Map<Id, Repetition> repetitions = new LinkedHashMap<>();
    private final Map<Id, Long> passedOnMs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Long> eldest) {
            return size() > Limits.JOINS_MAX;
        }
    };

    Joins(
            Turn turn,
            PeerTable peers,
            SelfView self,
            ControlPackets packets,
            Set<Id> subscriptions,
            Membership membership,
            Authenticity authenticity) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
        this.subscriptions = subscriptions;
        this.membership = membership;
        this.authenticity = authenticity;
    }

    /** A subscription is new, or this node's address is: announce it from the beginning. */
    void announce(Id subcluster) {
        sendToSome(subcluster);
        repeatIn(subcluster, Timing.JOIN_MS);
    }

    private void repeatIn(Id subcluster, long pauseMs) {
        long waitMs = turn.jittered(pauseMs);
        repetitions.put(subcluster, new Repetition(turn.nowMs() + waitMs, pauseMs));
        turn.schedule(Timer.JOIN, subcluster, waitMs);
    }

    void unsubscribed(Id subcluster) {
        repetitions.remove(subcluster);
    }

    void due(Id subcluster) {
        Repetition next = repetitions.get(subcluster);
        if (next == null || turn.nowMs() < next.dueMs()) {
            return;
        }
        sendToSome(subcluster);
        repeatIn(subcluster, Math.min(2 * next.pauseMs(), Timing.JOIN_MAX_MS));
    }

    /** A new peer is told of every subscription; it passes them on. */
    void peerUp(Peer peer) {
        subscriptions.forEach(subcluster -> send(peer, subcluster));
    }

    private void sendToSome(Id subcluster) {
        peers.sample(Limits.FAN_OUT_RELAY, peer -> true, turn.random()).forEach(peer -> send(peer, subcluster));
        // A reference peer forgets whose packets it wants to hear of after one keepalive.
        peers.all().stream().filter(peer -> !peer.kin()).forEach(peer -> send(peer, subcluster));
    }

    private void send(Peer peer, Id subcluster) {
        Endpoint advertised = self.advertised();
        if (advertised != null && self.natTypeOnWire() != null) {
            turn.send(peer.path(), packets.join(subcluster, advertised));
        }
    }

    void onJoin(Packet packet, Join join, Peer source) {
        Id cluster = packet.id(Field.CLUSTER);
        if (cluster == null || join.requester().equals(turn.config().self())) {
            turn.drop(DropReason.OWN_PACKET, source.endpoint());
            return;
        }
        if (authenticity.isForged(join.requester(), packet)) {
            turn.drop(DropReason.FORGED, source.endpoint());
            return;
        }
        Long lastMs = passedOnMs.get(packet.packetId());
        if (lastMs != null && turn.nowMs() - lastMs < Timing.JOIN_GATE_MS) {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
            return;
        }
        passedOnMs.remove(packet.packetId());
        passedOnMs.put(packet.packetId(), turn.nowMs());

        if (join.requester().equals(source.id())) {
            ownJoin(packet, join, source);
        }
        boolean ours = cluster.equals(turn.config().cluster());
        if (ours && join.address() != null && join.port() != null) {
            Endpoint named = Endpoint.of(join.address(), join.port());
            turn.guard().toldOf(named, packet.bytes().length);
            turn.raise(new Signal.PeerHeardOf(join.requester(), named, source.endpoint()));
        }
        if (ours || turn.config().relayForeign()) {
            passOn(packet, join, source);
        }
    }

    private void ownJoin(Packet packet, Join join, Peer source) {
        Id subcluster = packet.id(Field.SUBCLUSTER);
        boolean isNews = subcluster != null && !source.subclusters().contains(subcluster);
        if (isNews && authenticity.isSaidBy(source, packet, join)) {
            membership.joined(source, subcluster);
        }
    }

    private void passOn(Packet packet, Join join, Peer source) {
        // A reply to an annotated join is meant for one receiver: flooding it makes the join storm (D52).
        if (packet.hops() >= Limits.HOPS_MAX || join.rendezvousRequesterPeerId() != null) {
            return;
        }
        byte[] onward = packet.withHops(packet.hops() + 1);
        peers.sample(Limits.FAN_OUT_RELAY, peer -> peer != source && !peer.id().equals(join.requester()), turn.random())
                .forEach(peer -> turn.send(peer.path(), onward));
    }
}

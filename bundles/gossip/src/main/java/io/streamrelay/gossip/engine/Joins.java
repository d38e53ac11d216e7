// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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
    private final IntroPackets intros;
    private final Set<Id> subscriptions;
    private final Membership membership;
    private final Authenticity authenticity;
    private final PeerDemand demand;
    private final Map<Id, Repetition> repetitions = new LinkedHashMap<>();
    private long announcedMs;
    private long recalledMs = Long.MIN_VALUE / 2;
    private final TokenBucket passing = new TokenBucket(Limits.JOINS_PER_SECOND, Limits.JOINS_BURST, 0);
    private final TokenBucket returns = new TokenBucket(Limits.RETURN_JOINS_PER_SECOND, 1, 0);
    private final TokenBucket reunions =
            new TokenBucket(Limits.REUNION_JOINS_PER_SECOND, Limits.REUNION_JOINS_BURST, 0);
    private final BoundedMap<Id, TokenBucket> rare = new BoundedMap<>(Limits.JOINED_SUBCLUSTERS_MAX);
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
            IntroPackets intros,
            Set<Id> subscriptions,
            Membership membership,
            Authenticity authenticity,
            PeerDemand demand) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
        this.intros = intros;
        this.subscriptions = subscriptions;
        this.membership = membership;
        this.authenticity = authenticity;
        this.demand = demand;
    }

    /** A subscription is new, or this node's address is: announce it from the beginning. */
    void announce(Id subcluster) {
        announcedMs = turn.nowMs();
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
        repeatIn(subcluster, pauseAfter(next.pauseMs(), subcluster));
    }

    /**
     * Who has all the members that it wants, all of them kin, has told them, and so has whom a whole pause has brought nobody:
     * in a small mesh there are no more. Who comes later says so itself. A join costs the mesh some fifty packets.
     */
    private long pauseAfter(long pauseMs, Id subcluster) {
        boolean content = peers.all().stream().allMatch(Peer::kin) && (!demand.isFor(subcluster) || isInVain(pauseMs));
        return content
                ? Math.min(Timing.JOIN_CONTENT_FACTOR * pauseMs, Timing.JOIN_CONTENT_MAX_MS)
                : Math.min(2 * pauseMs, Timing.JOIN_MAX_MS);
    }

    private boolean isInVain(long pauseMs) {
        return peers.size() > 0 && peers.all().stream().allMatch(peer -> turn.nowMs() - peer.upMs() >= pauseMs);
    }

    /**
     * A new peer is told of every subscription; it passes them on. Kin that meets a node which the mesh knows is told in a
     * ping, and remembers it when it is recalled: then a join is for whoever looks for members, or where one peer alone joins
     * two parts of a mesh. When one is back others most likely are soon.
     */
    void peerUp(Peer peer) {
        if (!peer.kin() || subscriptions.isEmpty() || !isSettled()) {
            boolean known = peer.isBack() && !returns.tryTake(turn.nowMs());
            tell(peer, subcluster -> !known || demand.isFor(subcluster));
            return;
        }
        if (peer.isRecalled()) {
            recalledMs = turn.nowMs();
        } else {
            // What was said when it came may have been too early: it did not list this node.
            subscriptions.forEach(subcluster -> announce(peer, subcluster));
        }
        if (turn.nowMs() - recalledMs < Timing.REUNITING_MS) {
            turn.schedule(Timer.REUNION, peer, turn.jittered(Timing.REUNION_MS));
        } else {
            tell(peer, demand::isFor);
        }
        turn.schedule(Timer.WAYS, peer, turn.jittered(Timing.WAYS_MS));
    }

    /** Whether this node has been what it is for so long that the mesh knows it. */
    private boolean isSettled() {
        return turn.nowMs() - announcedMs >= Timing.JOIN_SETTLED_MS;
    }

    /** Others have had the time to be back with a peer: are there members enough? */
    void reunionDue(Peer peer) {
        boolean isLooking = subscriptions.stream().anyMatch(demand::isFor);
        if (peers.contains(peer) && isLooking && reunions.tryTake(turn.nowMs())) {
            tell(peer, demand::isFor);
        }
    }

    /** All have had the time to come that come with a peer: are they enough to join two parts of a mesh? */
    void waysDue(Peer peer) {
        long ways = peers.all().stream()
                .filter(other -> turn.nowMs() - other.upMs() < 2 * Timing.WAYS_MS)
                .count();
        boolean isBridge = !peer.isIntroducedToUs() && ways < Limits.WAYS_WANTED;
        if (peers.contains(peer) && isBridge && reunions.tryTake(turn.nowMs())) {
            tell(peer, subcluster -> true);
        }
    }

    private void tell(Peer peer, Predicate<Id> isWorthwhile) {
        List<Id> told = subscriptions.stream().filter(isWorthwhile).toList();
        told.forEach(subcluster -> send(peer, subcluster));
        if (told.size() == subscriptions.size()) {
            peer.metAfresh();
        }
    }

    private void announce(Peer peer, Id subcluster) {
        if (self.natTypeOnWire() != null) {
            turn.send(peer.path(), packets.connection(false, peer.pingId(), subcluster));
        }
    }

    private void sendToSome(Id subcluster) {
        peers.sample(Limits.FAN_OUT_CONTROL, peer -> true, turn.random()).forEach(peer -> send(peer, subcluster));
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
        if (isLate(join)) {
            turn.drop(DropReason.TOO_LATE, source.endpoint());
            return;
        }
        if (join.requester().equals(source.id()) && source.metAfresh()) {
            // It may have begun anew, and know nothing of this node.
            tell(source, subcluster -> !isSettled() || demand.isFor(subcluster));
        }
        boolean repeated = isRepeated(gateOf(packet, join));
        if (join.rendezvousRequesterPeerId() != null) {
            turn.raise(new Signal.JoinTaken(packet, join, source));
            return;
        }
        if (repeated) {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
            return;
        }
        Endpoint named = Endpoint.of(join.address(), join.port());
        Id subcluster = packet.id(Field.SUBCLUSTER);
        if (join.requester().equals(source.id())) {
            ownJoin(packet, join, source);
        }
        turn.raise(new Signal.JoinTaken(packet, join, source));
        boolean ours = cluster.equals(turn.config().cluster());
        if (ours && join.natType() == NatType.UNRESTRICTED.wire()) {
            // Whoever is behind a NAT cannot be reached without an introduction.
            turn.guard().toldOf(named, packet.size());
            turn.raise(new Signal.PeerHeardOf(join.requester(), named, subcluster, source.endpoint()));
        }
        if (ours || turn.config().relayForeign()) {
            passOn(packet, join, source);
        }
    }

    /**
     * Its id, which it keeps when a rendezvous adds itself. A join that has another's id must not close the way to that
     * one (protocol-v6 D42).
     */
    private static Id gateOf(Packet packet, Join join) {
        Id id = packet.packetId();
        Join plain = Join.announcing(join.requester(), join.natType(), join.address(), join.port(), join.key());
        boolean genuine = PacketIds.ofControl(packet).equals(id)
                || PacketIds.ofControl(packet.withMessage(plain)).equals(id);
        return genuine ? id : packet.contentId();
    }

    private void ownJoin(Packet packet, Join join, Peer source) {
        Id subcluster = packet.id(Field.SUBCLUSTER);
        Endpoint advertised = Endpoint.of(join.address(), join.port());
        boolean isNews = subcluster != null && !source.subclusters().contains(subcluster)
                || join.natType() != source.natType()
                || !advertised.equals(source.advertised());
        if (isNews && authenticity.isSaidBy(source, packet, join)) {
            source.natType(join.natType());
            source.advertised(advertised);
            membership.joined(source, subcluster);
        }
    }

    /** Past its deadline by more than two wall clocks may differ (protocol-v6 §3.10). */
    private boolean isLate(Join join) {
        return join.rendezvousDeadline() != null
                && join.rendezvousDeadline() + Timing.RENDEZVOUS_LATE_MS < turn.wallMs();
    }

    private boolean isRepeated(Id packet) {
        Long lastMs = passedOnMs.get(packet);
        if (lastMs != null && turn.nowMs() - lastMs < Timing.JOIN_GATE_MS) {
            return true;
        }
        passedOnMs.remove(packet);
        passedOnMs.put(packet, turn.nowMs());
        return false;
    }

    private void passOn(Packet packet, Join join, Peer source) {
        if (packet.hops() >= Limits.HOPS_MAX) {
            return;
        }
        boolean near = join.requester().equals(source.id());
        Id subcluster = packet.id(Field.SUBCLUSTER);
        if (!passing.tryTake(turn.nowMs()) || !near && (isTakenUp(join, subcluster) || !isRare(subcluster))) {
            turn.count("join-not-passed", 1);
            return;
        }
        byte[] onward = withRendezvous(packet, join).withHops(packet.hops() + 1);
        Predicate<Peer> other = peer -> peer != source && !peer.id().equals(join.requester());
        List<Peer> next;
        if (near) {
            next = peers.sample(Limits.FAN_OUT_CONTROL, other, turn.random());
        } else if (demand.isScarce(subcluster)) {
            next = peers.sample(Limits.JOIN_FAN_OUT_FAR, other, turn.random());
        } else {
            next = peers.sample(1, other.and(peer -> peer.subclusters().contains(subcluster)), turn.random());
        }
        next.forEach(peer -> turn.send(peer.path(), onward));
    }

    /** Whether this node itself is what the joiner looks for, and meets it. */
    private boolean isTakenUp(Join join, Id subcluster) {
        boolean meets = demand.isGeneral() || join.rendezvousDeadline() != null && demand.isWelcoming();
        return subscriptions.contains(subcluster) && !demand.isScarce(subcluster) && meets;
    }

    /**
     * Whether few joins of that subcluster have come by: members of a small one are looked for everywhere, those of a
     * large one are near, and their joins would grow with their number.
     */
    private boolean isRare(Id subcluster) {
        if (subcluster == null) {
            return false;
        }
        TokenBucket bucket = rare.get(subcluster);
        if (bucket == null) {
            bucket = new TokenBucket(Limits.SUBCLUSTER_JOINS_PER_SECOND, Limits.SUBCLUSTER_JOINS_BURST, turn.nowMs());
            rare.put(subcluster, bucket);
        }
        return bucket.tryTake(turn.nowMs());
    }

    /** The first who passes a join on, if everybody can reach it, offers itself as the rendezvous. */
    private Packet withRendezvous(Packet packet, Join join) {
        Endpoint advertised = self.advertised();
        boolean offers = packet.hops() == 1
                && join.rendezvousDeadline() == null
                && self.natType() == NatType.UNRESTRICTED
                && advertised != null
                && turn.wallIsPlausible();
        return offers ? intros.annotated(packet, join, advertised) : packet;
    }
}

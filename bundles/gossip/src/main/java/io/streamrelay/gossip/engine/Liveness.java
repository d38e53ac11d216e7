// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Pulse;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Set;

/**
 * Keeps connections alive: pings every peer more often than the reference's keepalive, notices who has gone silent,
 * and learns from each pong how others see us and whether they hold what we hold.
 */
final class Liveness {

    /** Every so many whole heartbeats kin is told again what is signed; a guess: signing costs 109 bytes. */
    private static final int SIGNED_HEARTBEAT_EVERY = 4;

    /**
     * One in so many pulses is a signed heartbeat instead, every half hour. A guess: 9 bytes a pulse. What is new is told in
     * each heartbeat for {@link Timing#TELLING_MS}; this is for whom all of these were lost.
     */
    private static final int SIGNED_PULSE_EVERY = 64;

    /**
     * A heartbeat of kin that is late by this share of the pause is not waited for: its pings are jittered by a tenth, and
     * whose mapping has changed does not hear that nobody finds it any more.
     */
    private static final int LATE_SHARE = 5;

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final ControlPackets packets;
    private final PacketCache cache;
    private final Set<Id> subscriptions;
    private final Membership membership;
    private final Custody custody;
    private final Authenticity authenticity;
    private final boolean hasRunBefore;

    /** @param hasRunBefore whether others may take this node for one that is back */
    Liveness(
            Turn turn,
            PeerTable peers,
            SelfView self,
            ControlPackets packets,
            PacketCache cache,
            Set<Id> subscriptions,
            Membership membership,
            Custody custody,
            Authenticity authenticity,
            boolean hasRunBefore) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
        this.cache = cache;
        this.subscriptions = subscriptions;
        this.membership = membership;
        this.custody = custody;
        this.authenticity = authenticity;
        this.hasRunBefore = hasRunBefore;
    }

    void peerUp(Peer peer) {
        if (!peer.isRecalled()) {
            greet(peer);
        }
        turn.schedule(Timer.HEARTBEAT, peer, turn.jittered(heartbeatMs(peer)));
    }

    private void greet(Peer peer) {
        if (self.reports().size() < Limits.REPORTS_WANTED) {
            ping(peer);
        }
        introduce(peer);
    }

    /** Asks a peer to list this node, and tells it of every subscription. */
    void introduce(Peer peer) {
        peer.introduced(turn.nowMs());
        peer.told().tell(self.natTypeOnWire(), subscriptions, turn.wallMs(), turn.nowMs());
        if (subscriptions.isEmpty()) {
            announce(peer, null);
        }
        subscriptions.forEach(subcluster -> announce(peer, subcluster));
    }

    /** Tells a peer that this node is a member: a connection ping with the subcluster's id. */
    void announce(Peer peer, Id subcluster) {
        if (self.natTypeOnWire() != null) {
            turn.send(peer.path(), packets.connection(needsReflection(peer), peer.pingId(), subcluster));
        }
    }

    void due(Peer peer) {
        if (!peers.contains(peer)) {
            return;
        }
        long patienceMs = (long) (Timing.SILENCE_HEARTBEATS
                * (peer.kin() ? turn.config().heartbeatMs() : Timing.REFERENCE_KEEPALIVE_MS));
        if (peer.silentMs(turn.nowMs()) > patienceMs) {
            peers.remove(peer);
            turn.raise(new Signal.PeerDown(peer));
            return;
        }
        // Kin that has just pinged us knows that we are here, and we know that it is.
        long spareMs = peer.kin() ? turn.config().heartbeatMs() - peer.sincePingHeardMs(turn.nowMs()) : 0;
        if (spareMs <= 0) {
            ping(peer);
        }
        if (!peer.kin() && peer.sincePingHeardMs(turn.nowMs()) > Timing.REFERENCE_FORGOTTEN_MS) {
            // It answers whoever pings, but has stopped pinging us: it no longer lists us (D13).
            introduce(peer);
        }
        long endsMs = patienceMs - peer.silentMs(turn.nowMs()) + 1;
        long pauseMs = spareMs <= 0 ? turn.jittered(heartbeatMs(peer)) : spareMs + heartbeatMs(peer) / LATE_SHARE;
        turn.schedule(Timer.HEARTBEAT, peer, Math.min(pauseMs, endsMs));
    }

    /** Asks a peer whether it is there and what it holds. */
    void ping(Peer peer) {
        peer.pinged(turn.nowMs());
        if (peer.kin() && !peer.told().isDue(self.natTypeOnWire(), subscriptions, turn.wallMs(), turn.nowMs())) {
            beat(peer);
        } else {
            tell(peer);
        }
    }

    /** Kin that knows all about this node hears that it is there, and what it holds. */
    private void beat(Peer peer) {
        if (!Pulse.canTell(peer.pingId())) {
            tell(peer);
        } else if (turn.random().nextInt(SIGNED_PULSE_EVERY) == 0) {
            turn.send(peer.path(), packets.signedHeartbeat(peer.pingId(), oneSubscription()));
        } else {
            turn.send(peer.path(), Pulse.ask(peer.pingId(), cache.summaryHash()).encode());
        }
    }

    private void tell(Peer peer) {
        boolean signed = peer.kin() && turn.random().nextInt(SIGNED_HEARTBEAT_EVERY) == 0;
        Id subcluster = peer.kin() && !signed ? null : oneSubscription();
        turn.send(
                peer.path(),
                signed
                        ? packets.signedHeartbeat(peer.pingId(), subcluster)
                        : packets.heartbeat(needsReflection(peer), peer.pingId(), subcluster));
    }

    /** A reference peer that has restarted may not know its NAT type: a plain ping would end it (D18). */
    private static boolean needsReflection(Peer peer) {
        return !peer.kin();
    }

    private long heartbeatMs(Peer peer) {
        long configuredMs = turn.config().heartbeatMs();
        return peer.kin() ? configuredMs : Math.min(configuredMs, Timing.REFERENCE_HEARTBEAT_MS);
    }

    /** One of ours at a time, so that an announcement that was lost is made up for. */
    private Id oneSubscription() {
        if (subscriptions.isEmpty()) {
            return null;
        }
        Iterator<Id> each = subscriptions.iterator();
        for (int skip = turn.random().nextInt(subscriptions.size()); skip > 0; skip--) {
            each.next();
        }
        return each.next();
    }

    /** A ping of a connected peer tells its NAT type, one of its subclusters, and what it holds. */
    void onPing(Peer peer, Packet packet, Ping ping) {
        peer.pingHeard(turn.nowMs());
        if (peer.asksWith() == null && tellsPingId(ping)) {
            peer.asksWith(ping.pingId());
        }
        // A reference peer begins its own dialogues, and its pings tell no hash but at first contact.
        compare(peer, ping.cacheSummaryHash(), peer.kin());
        if (peer.cluster() == null) {
            peer.cluster(packet.id(Field.CLUSTER));
        }
        boolean asksAnew = tellsPingId(ping) && !ping.pingId().equals(peer.asksWith()) && ControlSeal.isSigned(packet);
        if (asksAnew || isNews(peer, packet, ping)) {
            learn(peer, packet, ping);
        }
    }

    /** Whether a ping comes with what its sender asks this node with; questions where it is seen come with others. */
    private static boolean tellsPingId(Ping ping) {
        return !ping.isReflection() && ping.cacheSummaryHash() != null && Pulse.canTell(ping.pingId());
    }

    private void learn(Peer peer, Packet packet, Ping ping) {
        if (authenticity.isSaidBy(peer, packet, ping)) {
            peer.natType(ping.natType() == null ? peer.natType() : ping.natType());
            membership.joined(peer, packet.id(Field.SUBCLUSTER));
            if (tellsPingId(ping)) {
                peer.asksWith(ping.pingId());
            }
        } else if (!ControlSeal.isSigned(packet) && peer.sincePingedMs(turn.nowMs()) >= Timing.CONTACT_RETRY_MS) {
            // Anybody could have sent this; what comes back when we ask is the peer's own word. A pulse would not say
            // it.
            peer.pinged(turn.nowMs());
            tell(peer);
        }
    }

    /** Only what changes something is worth verifying. */
    private static boolean isNews(Peer peer, Packet packet, Ping ping) {
        Id subcluster = packet.id(Field.SUBCLUSTER);
        return ping.natType() != null && ping.natType() != peer.natType()
                || subcluster != null && !peer.subclusters().contains(subcluster);
    }

    /** A pong from where a connected peer is: it counts when it repeats what was sent there. */
    void onPong(Peer peer, Pong pong, Path from, boolean answersReflection) {
        if (!pong.responder().equals(peer.id())) {
            turn.drop(DropReason.OTHER_PEER, from.remote());
        } else if (answersReflection || peer.pingId().equals(pong.pingId())) {
            answered(peer, pong, from);
        } else {
            turn.drop(DropReason.UNSOLICITED_PONG, from.remote());
        }
    }

    private void answered(Peer peer, Pong pong, Path from) {
        peer.heard(turn.nowMs());
        peer.ponged(turn.nowMs());
        self.reported(from, pong);
        peer.natType(pong.natType() == null ? peer.natType() : pong.natType());
        if (peer.kin()) {
            noticeListing(peer, pong.cacheSummaryHash() != null);
        } else {
            turn.raise(new Signal.PongHeard(peer));
        }
        // Kin that was pinged has compared already, and begins the dialogue itself.
        compare(peer, pong.cacheSummaryHash(), !peer.kin());
    }

    /** Kin gives the whole pong to those alone whom it lists. */
    private void noticeListing(Peer peer, boolean listed) {
        if (listed) {
            listsUs(peer);
        } else if (peer.sinceIntroducedMs(turn.nowMs()) >= Timing.CONTACT_RETRY_MS) {
            peer.listsUs(false);
            introduce(peer);
        }
    }

    /** A peer does what it does for those alone whom it lists. */
    void listsUs(Peer peer) {
        if (peer.kin() && peer.listsUs(true)) {
            turn.raise(new Signal.ListedBy(peer));
        }
    }

    /** A pulse of a connected peer; returns the answer. */
    Pulse onPulse(Peer peer, Pulse pulse, Path from) {
        peer.heard(turn.nowMs());
        peer.pingHeard(turn.nowMs());
        if (peer.asksWith() == null) {
            peer.asksWith(pulse.pingId());
        }
        if (hasRunBefore || peer.isRecalled()) {
            // Whoever takes this node for one that is back says nothing of itself until it is told anew. When all who
            // meet for the first time are told, joins crowd out those that matter: S1 takes 1 s, not 0.7.
            listsUs(peer);
        }
        Pulse answer = pulse.answer(cache.summaryHash(), from.remote());
        compare(peer, pulse, true);
        return answer;
    }

    /** The answer to a pulse that was sent to that peer. */
    void onAnswer(Peer peer, Pulse pulse, Path from) {
        peer.heard(turn.nowMs());
        peer.ponged(turn.nowMs());
        boolean listed = pulse.kind() == Pulse.Kind.ANSWER;
        noticeListing(peer, listed);
        if (listed) {
            self.reported(from, pulse.seen());
            compare(peer, pulse, false);
        }
    }

    private void compare(Peer peer, String theirHash, boolean mayBegin) {
        if (theirHash != null) {
            byte[] theirs = HexFormat.of().parseHex(theirHash);
            compare(peer, Arrays.equals(theirs, cache.summaryHash()), Pulse.summaryStart(theirs), mayBegin);
        }
    }

    private void compare(Peer peer, Pulse theirs, boolean mayBegin) {
        compare(peer, theirs.isSummary(cache.summaryHash()), Pulse.summaryStart(theirs.summary()), mayBegin);
    }

    private void compare(Peer peer, boolean same, long theirs, boolean mayBegin) {
        if (same) {
            peer.progress().differs(false);
            custody.sharedUnder("", peer);
            peer.outflow().compared();
        } else if (mayBegin) {
            turn.raise(new Signal.SummaryDiffers(peer, theirs));
        }
    }
}

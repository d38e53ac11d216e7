// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import java.util.Set;

/** Brings peers together that cannot find or reach each other alone: routes to the algorithms that do it. */
final class Matchmaking {

    private final Turn turn;
    private final Proxies proxies;
    private final Introductions introductions;
    private final Rendezvous rendezvous;
    private final Acquaintances acquaintances;
    private final Traversal traversal;

    Matchmaking(
            Turn turn,
            PeerTable peers,
            SelfView self,
            IntroPackets packets,
            Proxies proxies,
            PeerDemand demand,
            Set<Id> subscriptions,
            Authenticity authenticity) {
        this.turn = turn;
        this.proxies = proxies;
        introductions = new Introductions(turn, peers, packets);
        rendezvous = new Rendezvous(turn, peers, demand, subscriptions, packets);
        acquaintances = new Acquaintances(turn, peers, self, demand, subscriptions, proxies, packets, authenticity);
        traversal = new Traversal(turn, peers);
    }

    void onIntro(Packet packet, Intro intro, Peer introducer) {
        acquaintances.onIntro(packet, intro, introducer);
    }

    /** A peer that is not connected may ask its rendezvous for an introduction, and nothing else. */
    void onStrangersJoin(Packet packet, Join join, Path from) {
        if (asksUs(join)) {
            rendezvous.onStrangersReply(packet, join, from);
        } else {
            turn.drop(DropReason.STRANGER, from.remote());
        }
    }

    private boolean asksUs(Join join) {
        return turn.config().self().equals(join.rendezvousPeerId()) && join.rendezvousRequesterPeerId() != null;
    }

    /**
     * Anything has come in: it may show a way through.
     *
     * @return whether it is a single byte that has done its duty with that
     */
    boolean onDatagram(Path from, byte[] bytes) {
        boolean punch = bytes.length == 1;
        if (from.socket().isPooled()) {
            traversal.onPooled(from);
            return punch;
        }
        return punch && traversal.onByte(from);
    }

    void peerUp(Peer peer) {
        acquaintances.peerUp(peer);
        traversal.peerUp(peer);
        rendezvous.peerUp(peer);
        introductions.peerUp(peer);
    }

    void peerDown(Peer peer) {
        acquaintances.peerDown(peer);
        traversal.pathLeft(peer.path());
    }

    void subscribed(Id subcluster) {
        acquaintances.subscribed(subcluster);
    }

    void route(Signal signal) {
        if (signal instanceof Signal.JoinTaken taken) {
            onJoin(taken.packet(), taken.join(), taken.source());
        } else if (signal instanceof Signal.IntroductionAsked asked) {
            introductions.onAsked(asked.asking(), asked.wanted(), asked.packet());
        } else if (signal instanceof Signal.Traverse traverse) {
            traversal.begin(traverse.target());
        } else if (signal instanceof Signal.PathLeft left) {
            traversal.pathLeft(left.path());
        }
    }

    private void onJoin(Packet packet, Join join, Peer source) {
        proxies.heardOf(join.requester(), source, turn.nowMs());
        if (asksUs(join)) {
            rendezvous.onReply(packet, join, source);
        } else {
            introductions.onJoin(packet, join, source);
            rendezvous.onJoin(packet, join, source);
        }
    }

    void due(TimerQueue.Entry due) {
        switch (due.timer()) {
            case INTRODUCED -> acquaintances.due((Acquaintance) due.subject());
            case PROXIES -> acquaintances.checkDue();
            case TRAVERSAL -> traversal.due((Punching) due.subject());
            default -> throw new IllegalArgumentException("not for matchmaking: " + due.timer());
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Strategy;
import java.util.Set;

/**
 * Makes the best of introductions: connects to the peer in the way that both NATs allow, and until that has worked, or
 * when it never will, reaches it through the introducer.
 *
 * <pre>
 *   introduced ──► approached ──► connected
 *       │              │ 2,048 ms
 *       └───────────► proxied ──► asks its introducer again: after 2, 8 and 32 s
 * </pre>
 */
final class Acquaintances {

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final PeerDemand demand;
    private final Set<Id> subscriptions;
    private final Proxies proxies;
    private final IntroPackets packets;
    private final Authenticity authenticity;
    private final BoundedMap<Id, Acquaintance> acquaintances = new BoundedMap<>(Limits.ACQUAINTANCES_MAX);
    private boolean checkScheduled;

    Acquaintances(
            Turn turn,
            PeerTable peers,
            SelfView self,
            PeerDemand demand,
            Set<Id> subscriptions,
            Proxies proxies,
            IntroPackets packets,
            Authenticity authenticity) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.demand = demand;
        this.subscriptions = subscriptions;
        this.proxies = proxies;
        this.packets = packets;
        this.authenticity = authenticity;
    }

    void onIntro(Packet packet, Intro intro, Peer introducer) {
        Endpoint named = Endpoint.of(intro.address(), intro.port());
        DropReason objection = objection(packet, intro, named, introducer);
        if (objection != null) {
            turn.drop(objection, introducer.endpoint());
            return;
        }
        if (!authenticity.isSaidBy(introducer, packet, intro)) {
            return;
        }
        turn.guard().toldOf(named, packet.size());
        Acquaintance met = new Acquaintance(
                intro.requester(),
                named,
                intro.natType(),
                packet.id(Field.CLUSTER),
                packet.id(Field.SUBCLUSTER),
                introducer.id(),
                intro.isRendezvous() && introducer.kin(),
                turn.nowMs());
        Acquaintance before = acquaintances.get(met.id());
        if (before != null && turn.nowMs() - before.introducedMs() < Timing.ASKING_FORGOTTEN_MS) {
            met.askings(before.askings());
        }
        acquaintances.put(met.id(), met);
        approach(met);
    }

    /** Its wall clock is no reason: a clock that is wrong must not keep peers apart. */
    private DropReason objection(Packet packet, Intro intro, Endpoint named, Peer introducer) {
        Id self = turn.config().self();
        Id first = SecondResponder.of(intro.requester());
        if (intro.requester().equals(self) || intro.responder().equals(self) || first.equals(self)) {
            return DropReason.OWN_PACKET;
        }
        if (introducer.kin() && !ControlSeal.isSigned(packet)) {
            return DropReason.FORGED;
        }
        if (packet.hops() >= Limits.HOPS_MAX) {
            return DropReason.HOPS_EXCEEDED;
        }
        if (peers.byId(intro.requester()) != null || isConnectedKin(first)) {
            return DropReason.ALREADY_CONNECTED;
        }
        Acquaintance before = acquaintances.get(intro.requester());
        if (before != null
                && turn.nowMs() - before.introducedMs() < Timing.INTRO_GATE_MS
                && (before.endpoint().equals(named) || isByKin(before) && !introducer.kin())) {
            return DropReason.DUPLICATE;
        }
        return AddressPolicy.mayContact(named, introducer.endpoint()) ? null : DropReason.ADDRESS_REFUSED;
    }

    /** A node's second id is no other node; an id that only claims to be a first one keeps nobody out. */
    private boolean isConnectedKin(Id first) {
        Peer peer = peers.byId(first);
        return peer != null && peer.kin();
    }

    /** What has signed an introduction is not replaced at once by what has not. */
    private boolean isByKin(Acquaintance met) {
        Peer introducer = peers.byId(met.introducer());
        return introducer != null && introducer.kin();
    }

    private void approach(Acquaintance met) {
        Integer own = self.natTypeOnWire();
        met.strategy(Strategy.between(own == null ? 0 : own, met.natType()));
        if (!isMet(met)) {
            proxy(met);
            return;
        }
        switch (met.strategy()) {
            case TRAVERSAL_OPEN, TRAVERSAL_CONNECT -> turn.raise(new Signal.Traverse(met));
            case PROXY -> {
                proxy(met);
                ping(met);
            }
            case DIRECT, DEFER -> ping(met);
        }
        turn.schedule(Timer.INTRODUCED, met, Timing.INTRO_FALLBACK_MS);
    }

    /** Who is asked for may be one of few who can be reached at all: behind a symmetric NAT nobody else may come. */
    private boolean isMet(Acquaintance met) {
        return demand.isFor(met.subcluster()) || demand.isWelcoming() || met.isArranged() && demand.isHelpful();
    }

    private void ping(Acquaintance met) {
        turn.raise(new Signal.Approach(met.id(), Path.main(met.endpoint()), met.subcluster()));
    }

    /** An acquaintance has had its time to connect, or it is time to ask for it again. */
    void due(Acquaintance met) {
        if (acquaintances.get(met.id()) != met) {
            return;
        }
        if (peers.byId(met.id()) != null) {
            acquaintances.remove(met.id());
            return;
        }
        if (met.timedOut()) {
            proxy(met);
        } else {
            ask(met);
        }
        if (mayAsk(met)) {
            turn.schedule(Timer.INTRODUCED, met, turn.jittered(Timing.ASKING_MS << 2 * met.askings()));
        }
    }

    /** A reference peer would flood the mesh with what asks it; and two that no strategy helps need not ask. */
    private boolean mayAsk(Acquaintance met) {
        Peer introducer = peers.byId(met.introducer());
        return introducer != null
                && introducer.kin()
                && met.strategy() != Strategy.PROXY
                && demand.isFor(met.subcluster())
                && met.askings() < Limits.ASKINGS_MAX;
    }

    private void ask(Acquaintance met) {
        Peer introducer = peers.byId(met.introducer());
        met.askings(met.askings() + 1);
        byte[] asking = packets.asking(met);
        if (introducer != null && asking != null) {
            turn.send(introducer.path(), asking);
            turn.count("introduction-asked", 1);
        }
    }

    /**
     * Who has signed before is not behind somebody on the word of one who signs nothing: everything for it would go there.
     * That it was tried directly is no harm, since it has to show its key.
     */
    private void proxy(Acquaintance met) {
        Peer introducer = peers.byId(met.introducer());
        if (introducer == null || !introducer.kin() && authenticity.isSigner(met.id())) {
            return;
        }
        boolean news = proxies.add(met.id(), introducer, met.subcluster(), turn.nowMs());
        if (news && subscriptions.contains(met.subcluster())) {
            turn.observe(new Observation.MemberUp(met.subcluster(), met.id()));
        }
        scheduleCheck();
    }

    private void scheduleCheck() {
        if (!checkScheduled && !proxies.isEmpty()) {
            checkScheduled = true;
            turn.schedule(Timer.PROXIES, null, Timing.PROXY_CHECK_MS);
        }
    }

    /** Time to let go of proxied peers of which nothing was heard. */
    void checkDue() {
        checkScheduled = false;
        proxies.silent(turn.nowMs()).forEach(this::lose);
        scheduleCheck();
    }

    /** A peer is connected: what leads to it by a detour is not needed any more. */
    void peerUp(Peer peer) {
        if (acquaintances.get(peer.id()) != null) {
            acquaintances.remove(peer.id());
            peer.introducedToUs();
        }
        Proxies.Proxied before = proxies.remove(peer.id());
        if (before != null) {
            turn.count("proxy-left", 1);
            // Told already, so that they are taken back when it goes.
            before.subclusters().forEach(peer::joined);
        }
    }

    /** A peer has gone, and with it the way to those whom it has introduced. */
    void peerDown(Peer peer) {
        proxies.behind(peer.id()).forEach(this::lose);
    }

    private void lose(Id id) {
        Proxies.Proxied lost = proxies.remove(id);
        for (Id subcluster : lost.subclusters()) {
            if (subscriptions.contains(subcluster)) {
                turn.observe(new Observation.MemberDown(subcluster, id));
            }
        }
    }

    /** A subscription is new: some who are known by introduction may be members. */
    void subscribed(Id subcluster) {
        proxies.members(subcluster).forEach(id -> turn.observe(new Observation.MemberUp(subcluster, id)));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.ProxiedPeer;
import io.streamrelay.api.StoreInfo;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PeerIds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One node of the mesh, without any I/O: takes events, answers with actions. Not thread-safe: one thread calls it,
 * and carries out the actions before it brings the next event.
 *
 * <p>The algorithms do not call each other; what one has to tell the others is a {@link Signal}, and this class is
 * the only place where signals, timers and packets are routed.
 */
public final class Engine {

    /** Of a node that starts for the first time; a simulator may begin below it. */
    private static final long FIRST_EPOCH = 1;

    private final Turn turn;
    private final Set<Id> subscriptions = new LinkedHashSet<>();
    private final PeerTable peers = new PeerTable();
    private final Absentees absentees = new Absentees();
    private final SelfView self;
    private final PacketCache cache;
    private final Custody custody;
    private final Safekeeping safekeeping;
    private final Fragments fragments = new Fragments();
    private final Handshake handshake;
    private final Liveness liveness;
    private final Reflection reflection;
    private final SecondResponder second;
    private final Relocations relocations;
    private final Neighbourhood neighbourhood;
    private final Joins joins;
    private final Admission admission;
    private final Deliveries deliveries;
    private final Receipts receipts;
    private final Gossip gossip;
    private final Publisher publisher;
    private final Bygones bygones;
    private final Confirmations confirmations;
    private final SyncDialogue dialogue;
    private final AntiEntropy antiEntropy;
    private final MissingFragments missing;
    private final DirectSender direct;
    private final Streams streams;
    private final Queries queries;
    private final Matchmaking matchmaking;
    private final PacketRouter router;
    private final Inspector inspector;

    /**
     * @param random the only chance that the engine uses; the same seed replays a run
     * @param signer signs for the peer that {@code config} names
     * @param epoch counts the starts of this node, so that clocks on the wire go on where they were
     * @throws IllegalArgumentException when that peer's id does not follow from the signer's key
     */
    public Engine(EngineConfig config, RandomGenerator random, ControlSigner signer, long epoch) {
        if (!PeerIds.of(signer.publicKey()).equals(config.self())) {
            throw new IllegalArgumentException("the key signs for another peer than " + config.self());
        }
        turn = new Turn(config, random);
        self = new SelfView(turn);
        cache = new PacketCache(turn, subscriptions);
        custody = new Custody(turn, cache);
        safekeeping = new Safekeeping(turn, cache);
        Membership membership = new Membership(turn);
        ControlSeal seal = new ControlSeal(signer, random.nextLong());
        Authenticity authenticity = new Authenticity(turn, peers, seal);
        ControlPackets packets = new ControlPackets(turn, self, cache, seal, new JoinClock(epoch));
        IntroPackets intros = new IntroPackets(turn, self, seal);
        PeerDemand demand = new PeerDemand(peers, subscriptions);
        Proxies proxies = new Proxies(peers);
        inspector = new Inspector(turn, peers, proxies, self, cache);
        matchmaking = new Matchmaking(turn, peers, self, intros, proxies, demand, subscriptions, authenticity);
        Parked parked = new Parked();
        Recall recall = new Recall(turn, self, parked, subscriptions);
        handshake = new Handshake(turn, peers, self, packets, membership, authenticity, demand, recall);
        liveness = new Liveness(
                turn,
                peers,
                self,
                packets,
                cache,
                subscriptions,
                membership,
                custody,
                authenticity,
                epoch > FIRST_EPOCH);
        relocations = new Relocations(turn, peers, packets);
        reflection = new Reflection(turn, peers, self, packets);
        second = new SecondResponder(turn, peers, self, packets);
        neighbourhood = new Neighbourhood(turn, peers, self, packets);
        joins = new Joins(turn, peers, self, packets, intros, subscriptions, membership, authenticity, demand);
        admission = new Admission(turn, peers, cache, fragments, new SeenIds(Limits.SEEN_IDS), subscriptions);
        deliveries = new Deliveries(turn, cache, fragments, subscriptions);
        receipts = new Receipts(turn, cache, safekeeping::isUnderWay);
        CatchUp catchUp = new CatchUp(turn, peers);
        gossip = new Gossip(turn, peers, receipts, catchUp, parked, new PushTrees());
        publisher = new Publisher(turn, cache, admission);
        SyncSender syncs = new SyncSender(turn, catchUp);
        bygones = new Bygones(turn, peers, cache, admission, gossip, custody, catchUp, syncs);
        confirmations = new Confirmations(turn, peers, bygones);
        dialogue = new SyncDialogue(turn, cache, gossip, custody, catchUp, syncs, bygones);
        antiEntropy = new AntiEntropy(turn, peers, cache, liveness, dialogue, catchUp, gossip);
        missing = new MissingFragments(turn, peers, fragments, admission, dialogue);
        direct = new DirectSender(turn, peers);
        PeerClocks clocks = new PeerClocks(turn);
        queries = new Queries(turn, peers, cache, fragments, direct, clocks);
        streams = new Streams(turn, peers, proxies, subscriptions, direct);
        router = new PacketRouter(
                turn,
                peers,
                packets,
                handshake,
                liveness,
                reflection,
                second,
                neighbourhood,
                joins,
                admission,
                dialogue,
                gossip,
                receipts,
                streams,
                queries,
                clocks,
                matchmaking);
    }

    /** Handles one event at a time that never goes back; what is returned is to be done in its order. */
    public List<Action> handle(Event event, Now now) {
        turn.begin(now);
        dispatch(event);
        routeSignals();
        safekeeping.commit();
        return turn.end();
    }

    /** When {@link Event.TimerDue} is wanted next, in monotonic milliseconds; {@link Long#MAX_VALUE} = never. */
    public long nextDeadlineMs() {
        return Math.min(turn.timers().nextDeadlineMs(), cache.nextDeadlineMs());
    }

    private void dispatch(Event event) {
        if (event instanceof Event.Datagram datagram) {
            router.onDatagram(datagram);
        } else if (event instanceof Event.TimerDue) {
            runTimers();
        } else if (event instanceof Event.Committed committed) {
            publisher.committed(committed.token());
            safekeeping.committed(committed.token());
            receipts.committed();
        } else if (event instanceof Event.Taken taken) {
            deliveries.taken(taken.message());
        } else if (event instanceof Event.Publish publish) {
            publisher.publish(publish.token(), publish.message());
        } else if (event instanceof Event.Stream stream) {
            streams.send(stream.token(), stream.to(), stream.message());
        } else if (event instanceof Event.CommitFailed failed) {
            publisher.commitFailed(failed);
            safekeeping.commitFailed(failed.token());
            receipts.commitFailed();
        } else {
            dispatchRare(event);
        }
    }

    private void dispatchRare(Event event) {
        if (event instanceof Event.Opened opened) {
            self.opened(opened.port(), opened.localAddresses());
            handshake.configured();
        } else if (event instanceof Event.Restored restored) {
            for (long key : restored.seen()) {
                admission.restoreSeen(key);
            }
            restore(restored);
            handshake.remembered(restored.peers());
        } else if (event instanceof Event.Resolved resolved) {
            handshake.resolved(resolved.host(), resolved.port(), resolved.addresses());
        } else if (event instanceof Event.AddressesChanged changed) {
            self.localAddresses(changed.localAddresses());
            reflection.relocated();
        } else if (event instanceof Event.Networks networks) {
            neighbourhood.subnets(networks.subnets());
        } else if (event instanceof Event.Nearby nearby) {
            neighbourhood.found(nearby.endpoint());
        } else if (event instanceof Event.Subscribe subscribe) {
            subscribe(subscribe.subcluster());
        } else if (event instanceof Event.Unsubscribe unsubscribe) {
            subscriptions.remove(unsubscribe.subcluster());
            cache.unwanted(unsubscribe.subcluster());
            joins.unsubscribed(unsubscribe.subcluster());
        } else if (event instanceof Event.TakesAgain again) {
            deliveries.again(again.subcluster());
        } else if (event instanceof Event.Query query) {
            queries.ask(query);
        } else if (event instanceof Event.Answering answering) {
            queries.questions().answering(answering.wanted());
        } else if (event instanceof Event.Answer answer) {
            queries.questions().answer(answer.query(), answer.body());
        } else if (event instanceof Event.Configured configured) {
            turn.config(configured.config());
            self.weigh();
            reflection.relocated();
            handshake.configured();
            gossip.configured();
        }
    }

    private void restore(Event.Restored restored) {
        List<CachedPacket> held = new ArrayList<>();
        for (StoredPacket stored : restored.packets()) {
            if (stored.ageMs() < stored.lifetimeMs() && Packet.decode(stored.bytes()) instanceof Packet packet) {
                held.add(CachedPacket.restored(packet, stored, turn.nowMs()));
            } else {
                turn.persist(new StoreChange.RemovePacket(stored.id()));
            }
        }
        // Each may be the one for which another has to go: first it must be known what is wanted.
        cache.wantsAsBefore(restored.subclusters());
        held.forEach(cache::restored);
        held.forEach(admission::restore);
    }

    private void subscribe(Id subcluster) {
        if (!subscriptions.add(subcluster)) {
            return;
        }
        for (Peer peer : peers.copy()) {
            liveness.announce(peer, subcluster);
            if (peer.subclusters().contains(subcluster)) {
                turn.observe(new Observation.MemberUp(subcluster, peer.id()));
            }
        }
        matchmaking.subscribed(subcluster);
        joins.announce(subcluster);
        deliveries.subscribed(subcluster);
        cache.wantsOthers();
    }

    private void runTimers() {
        List<CachedPacket> expired = cache.expire();
        if (!expired.isEmpty()) {
            turn.count("expired", expired.size());
            turn.raise(new Signal.PacketsExpired(expired));
        }
        admission.expire();
        streams.expire();
        TimerQueue.Entry due = turn.timers().pollDue(turn.nowMs());
        while (due != null) {
            onTimer(due);
            due = turn.timers().pollDue(turn.nowMs());
        }
    }

    private void onTimer(TimerQueue.Entry due) {
        switch (due.timer()) {
            case HEARTBEAT -> liveness.due((Peer) due.subject());
            case LOOK_UP -> handshake.lookUpDue();
            case CONTACT -> handshake.due((Contact) due.subject());
            case PACE -> gossip.due((Peer) due.subject());
            case RELAY -> gossip.restDue((FanOut) due.subject());
            case DIRECT_PACE -> direct.due((Peer) due.subject());
            case BYGONES -> bygones.due();
            case CONFIRMATION -> confirmations.due();
            case CATCH_UP -> antiEntropy.catchUpDue((Peer) due.subject());
            case SUMMARY_CHECK -> antiEntropy.checkDue();
            case REFLECTION -> reflection.due();
            case LONE -> second.due((SecondResponder.Lone) due.subject());
            case FRAGMENTS -> missing.due((MissingFragments.Hunt) due.subject());
            case QUERY -> queries.due((Asked) due.subject());
            case THINKING -> queries.questions().thinkingDue((Id) due.subject());
            case RELOCATION -> relocations.due((Relocations.Pending) due.subject());
            case LAN_CALL -> neighbourhood.due();
            case REUNION -> joins.reunionDue((Peer) due.subject());
            case WAYS -> joins.waysDue((Peer) due.subject());
            case JOIN -> joins.due((Id) due.subject());
            case INTRODUCED, PROXIES, TRAVERSAL -> matchmaking.due(due);
        }
    }

    private void routeSignals() {
        for (Signal signal = turn.nextSignal(); signal != null; signal = turn.nextSignal()) {
            route(signal);
        }
    }

    private void route(Signal signal) {
        if (signal instanceof Signal.PacketHeld held) {
            packetHeld(held.packet(), held.from());
        } else if (signal instanceof Signal.FragmentWaits waits) {
            missing.arrived(waits.packet(), waits.from());
        } else if (signal instanceof Signal.CameAgain again) {
            gossip.cameAgain(again.packet(), again.peer());
        } else if (signal instanceof Signal.StillUnsafe unsafe) {
            safekeeping.keep(unsafe.packet());
        } else if (signal instanceof Signal.OfferedAgain offered) {
            dialogue.confirm(offered.peer(), offered.packet());
        } else if (signal instanceof Signal.Declined declined) {
            dialogue.decline(declined.peer(), declined.packet());
        } else if (signal instanceof Signal.OwnCame came) {
            confirmations.came(came.packet(), came.peer());
        } else if (signal instanceof Signal.SummaryDiffers differs) {
            antiEntropy.summaryDiffers(differs.peer(), differs.theirHash());
        } else if (signal instanceof Signal.PacketsExpired gone) {
            gone.packets().forEach(this::ended);
        } else if (signal instanceof Signal.PacketEvicted gone) {
            evicted(gone.packet());
        } else if (signal instanceof Signal.PeerHeardOf heard) {
            handshake.heardOf(heard.peer(), heard.endpoint(), heard.subcluster(), heard.toldBy());
        } else if (signal instanceof Signal.PeerNearby nearby) {
            handshake.nearby(nearby.endpoint());
        } else if (signal instanceof Signal.MemberSeen seen) {
            dialogue.memberSeen(seen.peer(), seen.subcluster());
            if (subscriptions.contains(seen.subcluster())) {
                turn.observe(
                        new Observation.MemberUp(seen.subcluster(), seen.peer().id()));
            }
        } else if (signal instanceof Signal.PeerUp up) {
            peerUp(up.peer());
        } else if (signal instanceof Signal.PongHeard heard) {
            relocations.answered(heard.peer());
            second.ponged(heard.peer());
        } else if (signal instanceof Signal.ProbeSent sent) {
            reflection.probeSent(sent.to());
        } else if (signal instanceof Signal.TurnedUp seen) {
            relocations.propose(seen.peer(), seen.at());
        } else if (signal instanceof Signal.Relocated moved) {
            handshake.move(moved.peer(), moved.to());
        } else if (signal instanceof Signal.ListedBy listed) {
            joins.peerUp(listed.peer());
            antiEntropy.listedBy(listed.peer());
            gossip.listedBy(listed.peer());
        } else if (signal instanceof Signal.PeerDown down) {
            peerDown(down.peer());
        } else if (signal instanceof Signal.ChallengedBy challenger) {
            antiEntropy.challengedBy(challenger.peer());
        } else if (signal instanceof Signal.PeerDoubted doubted) {
            liveness.ping(doubted.peer());
        } else if (signal instanceof Signal.SelfChanged) {
            reflection.moved();
            peers.copy().forEach(liveness::introduce);
            subscriptions.forEach(joins::announce);
        } else if (signal instanceof Signal.CaughtUp) {
            receipts.caughtUp();
            peers.copy().forEach(antiEntropy::meet);
        } else if (signal instanceof Signal.Approach approach) {
            handshake.approach(approach.peer(), approach.path(), approach.subcluster());
        } else {
            matchmaking.route(signal);
        }
    }

    private void packetHeld(CachedPacket packet, Endpoint from) {
        deliveries.packetHeld(packet);
        gossip.packetHeld(packet, from);
        antiEntropy.packetHeld(packet, from);
        missing.arrived(packet.packet(), from);
        if (!packet.own()) {
            safekeeping.keep(packet);
        }
    }

    private void evicted(CachedPacket packet) {
        if (packet.delivered() || packet.own()) {
            ended(packet);
        } else {
            gone(packet);
            admission.evicted(packet);
            turn.persist(new StoreChange.EvictPacket(packet.id()));
        }
    }

    private void ended(CachedPacket packet) {
        gone(packet);
        if (packet.delivered() && !packet.own()) {
            turn.letGo(new Action.LetGo(packet.subcluster(), packet.messageId(), packet.id()));
        } else {
            turn.persist(new StoreChange.RemovePacket(packet.id()));
        }
    }

    private void gone(CachedPacket packet) {
        fragments.remove(packet);
        gossip.gone(packet);
    }

    private void peerUp(Peer peer) {
        absentees.came(peer.id());
        turn.observe(new Observation.PeerUp(peer.id(), peer.endpoint(), Inspector.natType(peer), peer.kin()));
        if (!peer.path().socket().isPooled()) {
            turn.persist(new StoreChange.PutPeer(new StoredPeer(peer.id(), peer.endpoint())));
        }
        matchmaking.peerUp(peer);
        liveness.peerUp(peer);
        if (!peer.kin()) {
            joins.peerUp(peer);
            second.peerUp(peer);
        }
        gossip.peerUp(peer);
        antiEntropy.meet(peer);
        reflection.peerUp();
    }

    private void peerDown(Peer peer) {
        for (Id subcluster : peer.subclusters()) {
            if (subscriptions.contains(subcluster)) {
                turn.observe(new Observation.MemberDown(subcluster, peer.id()));
            }
        }
        absentees.went(peer, turn.nowMs());
        turn.observe(new Observation.PeerDown(peer.id()));
        direct.peerDown(peer);
        matchmaking.peerDown(peer);
        handshake.peerDown(peer, gossip.peerDown(peer));
        neighbourhood.peerDown();
    }

    /** The connected peers, as of {@code nowMs} (monotonic). */
    public List<PeerInfo> peers(long nowMs) {
        return inspector.peers(nowMs);
    }

    /** The peers that are reached through another alone, as of {@code nowMs} (monotonic). */
    public List<ProxiedPeer> proxiedPeers(long nowMs) {
        return inspector.proxied(nowMs);
    }

    /** What is held, and how much may be. */
    public StoreInfo store() {
        return inspector.store();
    }

    /** Those that were connected before, as of {@code nowMs} (monotonic); the most recently lost first. */
    public List<AbsentPeer> absentPeers(long nowMs) {
        return absentees.asOf(nowMs);
    }

    /** The own messages that nobody else is known to hold, by subcluster, as of {@code nowMs} (monotonic). */
    public List<BacklogInfo> backlog(long nowMs) {
        return custody.backlog(nowMs);
    }

    /** What stands before this node, as far as it knows. */
    public NatType natType() {
        return self.natType();
    }

    /** Where others see this node, or null while it does not know. */
    public Endpoint reflexive() {
        return self.reflexive();
    }

    /** How many packets are held. */
    public int cachedPackets() {
        return cache.size();
    }

    /** The hash over the ids of all packets that are held, 20 bytes: equal for nodes that hold the same. */
    public byte[] summaryHash() {
        return cache.summaryHash();
    }

    /** Bytes of own packets that nobody has got yet. */
    public long backlogBytes() {
        return cache.waitingBytes();
    }

    /** Bytes of all other packets. */
    public long carriedBytes() {
        return cache.carriedBytes();
    }
}

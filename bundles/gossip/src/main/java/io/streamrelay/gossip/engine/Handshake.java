// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.NatTypes;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Pulse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Connects to peers.
 *
 * <pre>
 *   we                                     they
 *   ── ping isReflection, pingId ────────►      (only while we do not know our own NAT type)
 *   ◄────────── pong address, port, pingId ──
 *   ── ping isConnection, natType, pingId ►     they list us
 *   ◄──────────── pong isConnection, pingId ──  we list them
 * </pre>
 *
 * A pong counts only when it repeats the pingId of a ping that is out. So nobody is listed, and no connected peer is
 * found at a new address, before that address has answered (protocol-v6 D41).
 */
final class Handshake {

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final ControlPackets packets;
    private final Knocking knocking;
    private final Membership membership;
    private final Authenticity authenticity;
    private final PeerDemand demand;
    private final Bootstrap bootstrap;
    private final Crowd crowd;
    private final Recall recall;
    private final Map<Path, Contact> contacts = new LinkedHashMap<>();
    private final GivenUp givenUp = new GivenUp();
    private final BoundedMap<Endpoint, Long> strayedMs = new BoundedMap<>(Limits.STRAYS_MAX);

    Handshake(
            Turn turn,
            PeerTable peers,
            SelfView self,
            ControlPackets packets,
            Membership membership,
            Authenticity authenticity,
            PeerDemand demand,
            Recall recall) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
        this.knocking = new Knocking(turn, self, packets, recall);
        this.membership = membership;
        this.authenticity = authenticity;
        this.demand = demand;
        this.recall = recall;
        this.bootstrap = new Bootstrap(turn);
        this.crowd = new Crowd(turn, peers, bootstrap);
    }

    /** Time to look up the names of the bootstrap list again. */
    void lookUpDue() {
        bootstrap.lookUpDue(peers.size() == 0);
        seek();
    }

    /** The bootstrap list has changed: what it no longer names is let go. */
    void configured() {
        bootstrap.configured();
        seek();
    }

    /** A name of the bootstrap list has these addresses now. */
    void resolved(String host, int port, List<Integer> addresses) {
        bootstrap.resolved(host, port, addresses);
        seek();
    }

    void remembered(List<StoredPeer> known) {
        bootstrap.remembered(known);
        seek();
    }

    /** Contacts what is configured, and as many of the known peers as may be tried at once. */
    void seek() {
        contacts.values()
                .removeIf(contact ->
                        contact.reason() == Contact.Reason.CONFIGURED && !bootstrap.isConfigured(contact.endpoint()));
        bootstrap.configuredEntries().forEach(entry -> begin(entry, Contact.Reason.CONFIGURED));
        if (demand.isGeneral()) {
            wake();
        }
        while (demand.isGeneral() && hasRoomFor(Contact.Reason.KNOWN)) {
            Bootstrap.Entry known = bootstrap.pollKnown();
            if (known == null) {
                return;
            }
            begin(known, Contact.Reason.KNOWN);
        }
    }

    /** Who was asked for but once a minute is wanted now. */
    private void wake() {
        known().filter(contact -> contact.dueBy(turn.nowMs() + Timing.CONTACT_PAUSE_MAX_MS))
                .toList()
                .forEach(contact -> turn.schedule(Timer.CONTACT, contact, Timing.CONTACT_PAUSE_MAX_MS));
    }

    private Stream<Contact> known() {
        return contacts.values().stream().filter(contact -> contact.reason() == Contact.Reason.KNOWN);
    }

    /** Whoever has gone just now is more likely to come back than one that was asked for in vain. */
    private void makeRoomAmongKnown() {
        if (!hasRoomFor(Contact.Reason.KNOWN)) {
            known().filter(contact -> contact.isExhausted(turn.nowMs()))
                    .findFirst()
                    .ifPresent(contact -> {
                        contacts.remove(contact.path());
                        bootstrap.known(new Bootstrap.Entry(contact.endpoint(), contact.expected()));
                    });
        }
    }

    /** Somebody told of a peer, perhaps a member of a subcluster: try it, when more such are wanted. */
    void heardOf(Id id, Endpoint endpoint, Id subcluster, Endpoint toldBy) {
        if (!demand.isFor(subcluster)
                || peers.byId(id) != null
                || id.equals(turn.config().self())) {
            return;
        }
        if (!AddressPolicy.mayContact(endpoint, toldBy)) {
            turn.drop(DropReason.ADDRESS_REFUSED, toldBy);
            return;
        }
        begin(new Bootstrap.Entry(endpoint, id), Contact.Reason.HEARD_OF);
    }

    /** Somebody is on the same network: who it is turns out. */
    void nearby(Endpoint endpoint) {
        begin(new Bootstrap.Entry(endpoint, null), Contact.Reason.NEARBY);
    }

    private boolean hasRoomFor(Contact.Reason reason) {
        return contacts.values().stream()
                        .filter(contact -> contact.reason() == reason)
                        .count()
                < reason.contactsMax();
    }

    private void begin(Bootstrap.Entry entry, Contact.Reason reason) {
        begin(Path.main(entry.endpoint()), entry.expected(), reason, null);
    }

    private void begin(Path path, Id expected, Contact.Reason reason, Id subcluster) {
        if (isConnected(path, expected)
                || contacts.containsKey(path)
                || self.isAt(path.remote())
                || !hasRoomFor(reason)) {
            return;
        }
        Contact contact = new Contact(path, expected, reason, packets.randomId());
        contact.joined(subcluster);
        contacts.put(path, contact);
        attempt(contact);
    }

    private boolean isConnected(Path path, Id expected) {
        Peer there = peers.byEndpoint(path.remote());
        return there != null
                && there.path().equals(path)
                && (expected == null || there.id().equals(expected));
    }

    /** A contact's pause is over. */
    void due(Contact contact) {
        if (contacts.get(contact.path()) != contact || !contact.isDue(turn.nowMs())) {
            return;
        }
        if (isConnected(contact.path(), contact.expected())) {
            contacts.remove(contact.path());
        } else if (contact.isExhausted(turn.nowMs())) {
            giveUp(contact);
        } else {
            attempt(contact);
        }
    }

    private void giveUp(Contact contact) {
        boolean isKnown = contact.reason() == Contact.Reason.KNOWN;
        boolean isLonely = demand.isGeneral() && !bootstrap.hasKnown();
        // A pulse now and then costs next to nothing: parts of a mesh that meet again are joined as they were.
        boolean mayWait =
                !demand.isGeneral() && contact.mayBeRecalled() && recall.at(contact.path(), contact.expected()) != null;
        if (isKnown && (isLonely || mayWait)) {
            attempt(contact);
            return;
        }
        contacts.remove(contact.path());
        givenUp.put(contact, turn.nowMs());
        if (isKnown) {
            bootstrap.known(new Bootstrap.Entry(contact.endpoint(), contact.expected()));
            seek();
        }
    }

    private void attempt(Contact contact) {
        knocking.knock(contact);
        long pauseMs = turn.jittered(contact.attempt(demand.isGeneral(), turn.nowMs()));
        contact.attempted(turn.nowMs(), turn.nowMs() + pauseMs);
        turn.schedule(Timer.CONTACT, contact, pauseMs);
    }

    /** A datagram has come from there: what was withheld may have credit now. */
    void credited(Path from) {
        Contact contact = contacts.get(from);
        if (contact != null && contact.isWithheld()) {
            knocking.knock(contact);
        }
    }

    /** Whether the answer to a ping may say that its sender is connected: it lists us on our word. */
    boolean accepts(Ping ping, Path from) {
        if (!ping.isConnection() || ping.natType() == null || !NatTypes.isValid(ping.natType())) {
            return false;
        }
        return hasRoomFor(ping.requester(), from);
    }

    private boolean hasRoomFor(Id peer, Path at) {
        boolean takes = crowd.takes(peer);
        if (!takes) {
            turn.drop(DropReason.TABLE_FULL, at.remote());
        }
        return takes;
    }

    /** Another wants to be a peer: we list it when it has answered a ping of ours at that address. */
    void onConnectionPing(Packet packet, Ping ping, Path from) {
        Peer known = peers.byId(ping.requester());
        if (known == null || !known.path().equals(from)) {
            meet(ping.requester(), from, packet.id(Field.SUBCLUSTER));
            Contact contact = contacts.get(from);
            if (contact != null) {
                contact.cluster(packet.id(Field.CLUSTER));
                contact.asksWith(ping.pingId());
            }
        }
    }

    /** Somebody pinged from there, perhaps as a member of a subcluster: list it once it answers. */
    void meet(Id peer, Path from, Id subcluster) {
        if (hasRoomFor(peer, from)) {
            contact(peer, from, subcluster, Contact.Reason.HEARD_OF);
        }
    }

    /**
     * What peers alone send has come from where none is: a peer whose address has changed, or one that was given up, or
     * that is looked for and lists this node still.
     */
    void strayed(Path from) {
        Long lastMs = strayedMs.get(from.remote());
        if (lastMs == null || turn.nowMs() - lastMs >= Timing.STRAY_PAUSE_MS) {
            strayedMs.put(from.remote(), turn.nowMs());
            contact(null, from, null, Contact.Reason.STRAY);
        }
    }

    /** A peer that both know, or a traversal, has shown a way to a peer. */
    void approach(Id peer, Path path, Id subcluster) {
        if (peers.byId(peer) == null) {
            contact(peer, path, subcluster, Contact.Reason.INTRODUCED);
        }
    }

    private void contact(Id peer, Path path, Id subcluster, Contact.Reason reason) {
        Contact contact = contacts.get(path);
        if (contact == null) {
            begin(path, peer, reason, subcluster);
        } else {
            contact.joined(subcluster);
            hurry(contact, Timing.CONTACT_RETRY_MS);
        }
    }

    /** A sign of life: the pauses that grew while nobody answered are over. */
    private void hurry(Contact contact, long pauseMs) {
        contact.alive();
        if (contact.mayHurry(pauseMs, turn.nowMs())) {
            attempt(contact);
        } else if (contact.dueBy(turn.nowMs() + Timing.CONTACT_RETRY_MS)) {
            turn.schedule(Timer.CONTACT, contact, Timing.CONTACT_RETRY_MS);
        }
    }

    /** Somebody says that it is back; {@code peer} is who is connected there, or null. */
    void onBack(Pulse pulse, Path from, Peer peer) {
        Peer known = peer == null ? recall.at(from, null) : peer;
        boolean isBack = known != null && known.kin() && recall.isBack(known, pulse);
        boolean mayReturn = isBack && peer == null && hasRoomFor(known.id(), from);
        if (isBack && peer != null) {
            peer.heard(turn.nowMs());
        } else if (mayReturn) {
            // It is to know this node for a peer before what follows the answer comes.
            recall(known, from);
        }
        boolean isPeer = isBack && peer != null || mayReturn && contacts.containsKey(from);
        Pulse answer = isPeer ? pulse.again(known.pingId()) : pulse.strangersAnswer();
        turn.sendUnproven(from, answer.encode());
    }

    private void recall(Peer gone, Path from) {
        Contact contact = contacts.get(from);
        if (contact == null) {
            begin(from, gone.id(), Contact.Reason.HEARD_OF, null);
        } else {
            hurry(contact, Timing.RECALL_HURRY_MS);
        }
    }

    /** Somebody says that this node is its peer again, or that it does not know it; whether it was asked. */
    boolean onRecalled(Pulse pulse, Path from) {
        Contact contact = contacts.get(from);
        Peer gone = contact == null || !contact.isRecalling() ? null : recall.at(from, contact.expected());
        if (gone == null || !pulse.pingId().equals(gone.pingId())) {
            return false;
        }
        if (pulse.kind() == Pulse.Kind.STRANGER) {
            if (!contact.isForgotten()) {
                contact.forgotten();
                attempt(contact);
            }
            return true;
        }
        if (!recall.isAgain(gone, pulse)) {
            return false;
        }
        contacts.remove(from);
        givenUp.remove(contact);
        Peer peer = Peer.recalled(gone, turn.nowMs());
        if (list(peer)) {
            turn.count("peer-recalled", 1);
            gone.subclusters().forEach(subcluster -> membership.joined(peer, subcluster));
        }
        return true;
    }

    /** Whether a pong answers one of our contacts: only who has got our ping knows its id. */
    boolean isContacting(Path from, Pong pong) {
        return answeredBy(from, pong) != null;
    }

    /** The contact that a pong answers, though it be late; null when there is none. Who is there needs no late one. */
    private Contact answeredBy(Path from, Pong pong) {
        Contact contact = contacts.get(from);
        if (contact != null && contact.pingId().equals(pong.pingId())) {
            return contact;
        }
        return peers.byEndpoint(from.remote()) == null ? givenUp.answeredBy(from, pong, turn.nowMs()) : null;
    }

    /** A pong that answers one of our contacts. */
    void onPong(Packet packet, Pong pong, Path from) {
        Contact contact = answeredBy(from, pong);
        if (contact.expected() != null && !contact.expected().equals(pong.responder())) {
            turn.drop(DropReason.OTHER_PEER, from.remote());
            contacts.remove(from);
            return;
        }
        if (pong.responder().equals(turn.config().self())) {
            contacts.remove(from);
            return;
        }
        turn.guard().proven(from.remote(), turn.nowMs());
        self.reported(from, pong);
        if (pong.isConnection()) {
            contacts.remove(from);
            givenUp.remove(contact);
            connected(packet, pong, contact);
        } else if (contact.isReflecting() && self.natTypeOnWire() != null) {
            // Now we know how others see us, and can ask to be taken for a peer.
            givenUp.remove(contact);
            contacts.put(from, contact);
            contact.alive();
            attempt(contact);
        }
    }

    private void connected(Packet packet, Pong pong, Contact contact) {
        Path from = contact.path();
        Authenticity.Verdict verdict = authenticity.judge(packet, pong);
        if (verdict == Authenticity.Verdict.FORGED) {
            turn.drop(DropReason.FORGED, from.remote());
            return;
        }
        boolean signed = verdict == Authenticity.Verdict.SIGNED;
        Peer known = peers.byId(pong.responder());
        if (known != null && signed == known.kin()) {
            turnedUp(known, from);
        } else {
            connect(pong, from, signed);
        }
        Peer peer = peers.byId(pong.responder());
        if (peer != null && peer.asksWith() == null) {
            peer.asksWith(contact.asksWith());
        }
        if (peer != null && peer.cluster() == null) {
            peer.cluster(contact.cluster());
        }
        if (peer != null && signed) {
            peer.replays().begin(ControlSeal.stampOf(packet));
        } else if (peer != null) {
            contact.subclusters().forEach(subcluster -> membership.joined(peer, subcluster));
        }
    }

    private void turnedUp(Peer peer, Path at) {
        if (peer.path().equals(at)) {
            return;
        }
        if (peer.kin()) {
            move(peer, at);
        } else {
            turn.raise(new Signal.TurnedUp(peer, at));
        }
    }

    /** A peer is somewhere else now. */
    void move(Peer peer, Path to) {
        if (peers.contains(peer)) {
            Path left = peer.path();
            peers.move(peer, to);
            turn.raise(new Signal.PathLeft(left));
            peer.heard(turn.nowMs());
            turn.count("peer-moved", 1);
        }
    }

    private void connect(Pong pong, Path path, boolean kin) {
        int natType = pong.natType() == null ? 0 : pong.natType();
        list(new Peer(pong.responder(), path, natType, kin, pong.pingId(), turn.nowMs()));
    }

    /** @return whether there is room for it */
    private boolean list(Peer peer) {
        Id id = peer.id();
        Path path = peer.path();
        // It had the id of a peer that signs, but not its key.
        disconnect(peers.byId(id));
        disconnect(crowd.makesRoomFor(id));
        if (peers.isFull()) {
            turn.drop(DropReason.TABLE_FULL, path.remote());
            return false;
        }
        // Another peer has answered where this one was: the node there is a new one.
        disconnect(peers.byEndpoint(path.remote()));
        peers.add(peer);
        turn.raise(new Signal.PeerUp(peer));
        return true;
    }

    private void disconnect(Peer replaced) {
        if (replaced != null) {
            peers.remove(replaced);
            turn.raise(new Signal.PeerDown(replaced));
        }
    }

    /** A peer has gone: look for it where it was, often when packets wait for it, and at the other known addresses. */
    void peerDown(Peer peer, boolean awaited) {
        self.forget(peer.endpoint());
        // A way through two NATs is open for no other socket, and not for long.
        boolean isGone = peers.byEndpoint(peer.endpoint()) == null;
        if (isGone && !peer.hasMadeRoom() && !peer.path().socket().isPooled()) {
            makeRoomAmongKnown();
            begin(new Bootstrap.Entry(peer.endpoint(), peer.id()), Contact.Reason.KNOWN);
        }
        Contact contact = contacts.get(peer.path());
        if (awaited && contact != null) {
            contact.eagerUntil(turn.nowMs() + Timing.EAGER_MS);
        }
        seek();
    }
}

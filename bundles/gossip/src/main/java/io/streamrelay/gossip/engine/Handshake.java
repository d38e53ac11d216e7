// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.NatTypes;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * A pong counts only when it repeats the pingId of a ping that is out. A peer that is connected already is found at a
 * new address only after that address has answered such a ping (protocol-v6 D41).
 */
final class Handshake {

    private final Turn turn;
    private final PeerTable peers;
    private final SelfView self;
    private final ControlPackets packets;
    private final Membership membership;
    private final Bootstrap bootstrap;
    private final Map<Endpoint, Contact> contacts = new LinkedHashMap<>();

    Handshake(Turn turn, PeerTable peers, SelfView self, ControlPackets packets, Membership membership) {
        this.turn = turn;
        this.peers = peers;
        this.self = self;
        this.packets = packets;
        this.membership = membership;
        this.bootstrap = new Bootstrap(turn);
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    /** Time to look up the names of the bootstrap list again. */
    void lookUpDue() {
        bootstrap.lookUpDue(peers.size() == 0);
        seek();
    }

    /** Contacts what the bootstrap list names and is not connected. */
    void seek() {
        for (Bootstrap.Entry entry : bootstrap.entries()) {
            Contact.Reason reason = entry.configured() ? Contact.Reason.CONFIGURED : Contact.Reason.KNOWN;
            begin(entry.endpoint(), entry.expected(), reason);
        }
    }

    /** Somebody told of a peer: try it, when more are wanted. */
    void heardOf(Id id, Endpoint endpoint, Endpoint toldBy) {
        if (peers.size() >= Limits.PEERS_WANTED
                || peers.byId(id) != null
                || id.equals(turn.config().self())) {
            return;
        }
        if (!AddressPolicy.mayContact(endpoint, toldBy)) {
            turn.drop(DropReason.ADDRESS_REFUSED, toldBy);
            return;
        }
        begin(endpoint, id, Contact.Reason.HEARD_OF);
    }

    private void begin(Endpoint endpoint, Id expected, Contact.Reason reason) {
        if (peers.byEndpoint(endpoint) != null
                || contacts.containsKey(endpoint)
                || contacts.size() >= Limits.CONTACTS_MAX
                || endpoint.equals(self.advertised())) {
            return;
        }
        Contact contact = new Contact(endpoint, expected, reason, packets.randomId());
        contacts.put(endpoint, contact);
        attempt(contact);
    }

    /** A contact's pause is over. */
    void due(Contact contact) {
        if (contacts.get(contact.endpoint()) != contact || !contact.isDue(turn.nowMs())) {
            return;
        }
        boolean connected = peers.byEndpoint(contact.endpoint()) != null && !isMove(contact);
        if (connected || contact.isExhausted(peers.size() < Limits.PEERS_WANTED)) {
            contacts.remove(contact.endpoint());
        } else {
            attempt(contact);
        }
    }

    private boolean isMove(Contact contact) {
        Peer known = contact.expected() == null ? null : peers.byId(contact.expected());
        return known != null && !known.endpoint().equals(contact.endpoint());
    }

    private void attempt(Contact contact) {
        turn.send(
                contact.endpoint(),
                self.natTypeOnWire() == null
                        ? packets.reflection(contact.pingId())
                        : packets.connection(true, contact.pingId(), null));
        long pauseMs = turn.jittered(contact.nextPauseMs());
        contact.due(turn.nowMs() + pauseMs);
        turn.schedule(Timer.CONTACT, contact, pauseMs);
    }

    /** Another's ping; whether the pong may say that it is connected. */
    boolean onPing(Packet packet, Ping ping, Endpoint from) {
        if (!ping.isConnection() || ping.natType() == null || !NatTypes.isValid(ping.natType())) {
            return false;
        }
        Peer known = peers.byId(ping.requester());
        if (known != null && !known.endpoint().equals(from)) {
            // Whoever sends in a known peer's name from elsewhere has to answer there first.
            begin(from, known.id(), Contact.Reason.HEARD_OF);
            return true;
        }
        if (known == null && !connect(ping.requester(), from, ping.natType(), Kinship.isMarked(packet))) {
            return false;
        }
        Peer peer = peers.byId(ping.requester());
        membership.joined(peer, packet.id(Field.SUBCLUSTER));
        // A reference peer lists whoever says its NAT type in the pong, which answers to reflection do not.
        if (peer.kin() || self.natTypeOnWire() != null && !ping.isReflection()) {
            membership.listed(peer);
        }
        return true;
    }

    /** Whether a pong answers one of our contacts: only who has got our ping knows its id. */
    boolean isContacting(Endpoint from, Pong pong) {
        Contact contact = contacts.get(from);
        return contact != null && contact.pingId().equals(pong.pingId());
    }

    /** A pong that answers one of our contacts. */
    void onPong(Packet packet, Pong pong, Endpoint from) {
        Contact contact = contacts.get(from);
        if (contact.expected() != null && !contact.expected().equals(pong.responder())) {
            turn.drop(DropReason.OTHER_PEER, from);
            contacts.remove(from);
            return;
        }
        if (pong.responder().equals(turn.config().self())) {
            contacts.remove(from);
            return;
        }
        if (!pong.isConnection()) {
            // Now we know how others see us, and can ask to be taken for a peer.
            attempt(contact);
            return;
        }
        contacts.remove(from);
        Peer known = peers.byId(pong.responder());
        if (known != null) {
            move(known, from);
        } else {
            int natType = pong.natType() == null ? 0 : pong.natType();
            connect(pong.responder(), from, natType, Kinship.isMarked(packet));
        }
        Peer peer = peers.byId(pong.responder());
        if (peer != null) {
            membership.listed(peer);
        }
    }

    private void move(Peer peer, Endpoint to) {
        if (!peer.endpoint().equals(to)) {
            peers.move(peer, to);
            peer.heard(turn.nowMs());
            turn.count("peer-moved", 1);
        }
    }

    private boolean connect(Id id, Endpoint endpoint, int natType, boolean kin) {
        if (peers.isFull()) {
            turn.drop(DropReason.TABLE_FULL, endpoint);
            return false;
        }
        Peer squatter = peers.byEndpoint(endpoint);
        if (squatter != null) {
            // Another peer id now answers where this one was: the node there was replaced.
            peers.remove(squatter);
            turn.raise(new Signal.PeerDown(squatter));
        }
        Peer peer = new Peer(id, endpoint, natType, kin, turn.nowMs());
        peers.add(peer);
        turn.raise(new Signal.PeerUp(peer));
        return true;
    }

    /** A peer has gone: look at the known addresses, and for it where it was. */
    void peerDown(Peer peer) {
        seek();
        begin(peer.endpoint(), peer.id(), Contact.Reason.KNOWN);
    }
}

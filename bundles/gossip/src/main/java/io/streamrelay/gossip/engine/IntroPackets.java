// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.nio.charset.StandardCharsets;

/** Makes the packets that bring two peers together through a third. */
final class IntroPackets {

    private final Turn turn;
    private final SelfView self;
    private final ControlSeal seal;

    IntroPackets(Turn turn, SelfView self, ControlSeal seal) {
        this.turn = turn;
        this.self = self;
        this.seal = seal;
    }

    /** "That peer is there; you two should meet." */
    byte[] intro(Peer introduced, Endpoint endpoint, Meeting meeting) {
        Intro body = new Intro(
                introduced.id(),
                turn.config().self(),
                meeting.arranged(),
                introduced.natType(),
                endpoint.host(),
                endpoint.port(),
                null);
        Packet.Builder packet = header(PacketType.INTRO, meeting.cluster(), meeting.subcluster())
                .hops(meeting.hops())
                .message(body);
        if (turn.wallIsPlausible()) {
            // A reference peer drops what is older than its keepalive, but takes what says no time (protocol-v6 §5.5).
            packet.set(Field.USR1, Long.toString(turn.wallMs()).getBytes(StandardCharsets.US_ASCII));
        }
        return seal.sign(packet).bytes();
    }

    /** "Introduce me to that peer", said to its introducer. Null while this node does not know where it is. */
    byte[] asking(Acquaintance wanted) {
        return reply(wanted.cluster(), wanted.subcluster(), wanted.id(), wanted.natType(), wanted.introducer(), 1);
    }

    /**
     * "Introduce me to the one whose join you have annotated." The reference leaves out the rendezvous' id, without
     * which nobody does so (protocol-v6 D15). Null while this node does not know where it is.
     */
    byte[] reply(Packet annotated, Join join) {
        return reply(
                annotated.id(Field.CLUSTER),
                annotated.id(Field.SUBCLUSTER),
                join.requester(),
                join.natType(),
                join.rendezvousPeerId(),
                annotated.clock());
    }

    private byte[] reply(Id cluster, Id subcluster, Id wanted, int wantedType, Id rendezvous, long clock) {
        Endpoint advertised = self.advertised();
        if (advertised == null || self.natTypeOnWire() == null) {
            return null;
        }
        Join body = new Join(
                turn.config().self(),
                self.natTypeOnWire(),
                advertised.host(),
                advertised.port(),
                null,
                null,
                null,
                wantedType,
                rendezvous,
                null,
                wanted,
                false);
        Packet.Builder packet =
                header(PacketType.JOIN, cluster, subcluster).clock(clock).message(body);
        return seal.sign(packet).bytes();
    }

    private static Packet.Builder header(PacketType type, Id cluster, Id subcluster) {
        Packet.Builder packet = Packet.builder(type);
        if (cluster != null) {
            packet.set(Field.CLUSTER, cluster);
        }
        if (subcluster != null) {
            packet.set(Field.SUBCLUSTER, subcluster);
        }
        return packet;
    }

    /** A join as it leaves with this node as its rendezvous: its id stays, so that everybody takes it once. */
    Packet annotated(Packet packet, Join join, Endpoint advertised) {
        Join body = new Join(
                join.requester(),
                join.natType(),
                join.address(),
                join.port(),
                join.key(),
                advertised.host(),
                advertised.port(),
                self.natTypeOnWire(),
                turn.config().self(),
                turn.wallMs() + Timing.RENDEZVOUS_DEADLINE_MS,
                null,
                join.isConnection());
        return packet.withMessage(body);
    }
}

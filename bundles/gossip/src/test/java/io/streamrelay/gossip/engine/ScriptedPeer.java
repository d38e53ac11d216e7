// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Intro;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import io.streamrelay.gossip.packet.Pulse;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.List;

/** A peer that answers pings and else does what a test says. */
final class ScriptedPeer {

    final Id id;
    final Endpoint endpoint;
    final NatType type;
    final List<Packet> received = new ArrayList<>();
    final List<Pulse> pulses = new ArrayList<>();
    final List<Receipt> receipts = new ArrayList<>();
    private final List<Integer> came = new ArrayList<>();
    final List<Endpoint> punches = new ArrayList<>();
    boolean silent;
    /** Whether it says what has come when it is asked. */
    boolean tells;

    private final TestMesh mesh;
    private final boolean kin;
    private final ControlSeal seal;

    ScriptedPeer(TestMesh mesh, int number, NatType type, boolean kin) {
        this.mesh = mesh;
        this.type = type;
        this.kin = kin;
        StandInSigner signer =
                new StandInSigner(number < 256 ? TestPackets.filled(0x80 + number) : TestPackets.numbered(number));
        id = PeerIds.of(signer.publicKey());
        seal = new ControlSeal(signer, number);
        endpoint = Endpoint.of("20.9." + number / 256 + "." + number % 256, 9_000 + number);
        mesh.scripts.put(endpoint, this::onDatagram);
    }

    private void onDatagram(Endpoint from, byte[] bytes) {
        Pulse pulse = Pulse.of(bytes);
        if (pulse != null) {
            pulses.add(pulse);
            if (pulse.kind() == Pulse.Kind.ASK && !silent) {
                mesh.inject(endpoint, from, pulse.answer(pulse.summary(), from).encode());
            }
            return;
        }
        Receipt receipt = Receipt.of(bytes);
        if (receipt != null) {
            assertTrue(kin, "a receipt for who is no kin");
            receipts.add(receipt);
            if (tells && receipt.asks()) {
                tell(from, receipt.number());
            }
            return;
        }
        if (!(TestMesh.read(bytes) instanceof Packet packet)) {
            punches.add(from);
            return;
        }
        received.add(packet);
        if (packet.type() == PacketType.PUBLISH) {
            came.add(Receipt.name(packet.packetId()));
            if (tells && (AgeStamp.flags(packet) & AgeStamp.ASKS) != 0) {
                tell(from, 0);
            }
        }
        if (Body.of(packet) instanceof Ping ping && !silent) {
            Pong.Builder pong =
                    Pong.builder(ping.requester(), id).natType(type.wire()).pingId(ping.pingId());
            if (ping.isConnection()) {
                pong.isConnection(true);
            } else {
                pong.address(from.host()).port(from.port());
            }
            say(from, Packet.builder(PacketType.PONG).message(pong.build().toJson()));
        }
    }

    private void tell(Endpoint to, int number) {
        mesh.inject(endpoint, to, new Receipt(false, number, came).encode());
    }

    /** Kin signs. */
    private void say(Endpoint to, Packet.Builder packet) {
        mesh.inject(endpoint, to, (kin ? seal.sign(packet) : packet.build()).bytes());
    }

    void send(Endpoint to, Packet.Builder packet) {
        mesh.inject(endpoint, to, packet.build().bytes());
    }

    /** Becomes a peer of a node, as a member. */
    ScriptedPeer connectTo(TestMesh.Node node) {
        ping(node);
        mesh.run(100);
        // Now that it is listed, it says what it is a member of.
        ping(node);
        mesh.run(100);
        return this;
    }

    /** Becomes a peer of a node that says of nothing that it is a member. */
    ScriptedPeer connectAsCarrierTo(TestMesh.Node node) {
        ping(node, Packet.builder(PacketType.PING).set(Field.CLUSTER, TestPackets.CLUSTER));
        mesh.run(100);
        return this;
    }

    void ping(TestMesh.Node node) {
        ping(node, member(PacketType.PING));
    }

    private void ping(TestMesh.Node node, Packet.Builder packet) {
        Ping ping = Ping.builder(id)
                .natType(type.wire())
                .isConnection(true)
                .pingId("0123456789ab")
                .build();
        say(node.endpoint, packet.message(ping.toJson()));
    }

    static Packet.Builder member(PacketType type) {
        return Packet.builder(type)
                .set(Field.CLUSTER, TestPackets.CLUSTER)
                .set(Field.SUBCLUSTER, TestPackets.SUBCLUSTER);
    }

    void join(TestMesh.Node node) {
        join(node, Join.announcing(id, type.wire(), endpoint.host(), endpoint.port(), null), 1);
    }

    void join(TestMesh.Node node, Join join, int hops) {
        say(node.endpoint, member(PacketType.JOIN).hops(hops).message(join.toJson()));
    }

    /** Introduces a peer to a node. */
    void introduce(TestMesh.Node node, Id introduced, Endpoint at, NatType natType) {
        introduce(node, introduced, at, natType, 2);
    }

    void introduce(TestMesh.Node node, Id introduced, Endpoint at, NatType natType, int hops) {
        introduce(node, new Intro(introduced, id, false, natType.wire(), at.host(), at.port(), null), hops);
    }

    /** The same because one of both has asked for the other. */
    void introduceAsAsked(TestMesh.Node node, ScriptedPeer asking) {
        introduce(
                node,
                new Intro(
                        asking.id, id, true, asking.type.wire(), asking.endpoint.host(), asking.endpoint.port(), null),
                2);
    }

    private void introduce(TestMesh.Node node, Intro intro, int hops) {
        say(node.endpoint, member(PacketType.INTRO).hops(hops).message(intro.toJson()));
    }

    List<Packet> received(PacketType wanted) {
        return received.stream().filter(packet -> packet.type() == wanted).toList();
    }
}

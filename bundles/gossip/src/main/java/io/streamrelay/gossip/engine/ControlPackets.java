// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Pong;
import java.util.Base64;
import java.util.HexFormat;

/** Makes this node's pings, pongs and joins: exactly the fields that the reference knows, and our mark. */
final class ControlPackets {

    private static final HexFormat HEX = HexFormat.of();

    private final Turn turn;
    private final SelfView self;
    private final PacketCache cache;
    private final ControlSeal seal;
    private final JoinClock joinClock;

    ControlPackets(Turn turn, SelfView self, PacketCache cache, ControlSeal seal, JoinClock joinClock) {
        this.turn = turn;
        this.self = self;
        this.cache = cache;
        this.seal = seal;
        this.joinClock = joinClock;
    }

    /** A random id as the reference makes them: 12 hex digits. */
    String randomId() {
        return HEX.toHexDigits(turn.random().nextLong(), 12);
    }

    /**
     * "Are you there, and what do you hold?" A peer that is not known to have a NAT type can only answer when the
     * ping asks for reflection (protocol-v6 D18).
     */
    byte[] heartbeat(boolean reflection, String pingId, Id subcluster) {
        return mark(pingPacket(subcluster, alive(pingId).isReflection(reflection)));
    }

    /** A heartbeat for kin, signed because it says what stands before this node, and where it takes part. */
    byte[] signedHeartbeat(String pingId, Id subcluster) {
        return sign(pingPacket(subcluster, alive(pingId)));
    }

    private Ping.Builder alive(String pingId) {
        return ping().pingId(pingId).cacheSummaryHash(HEX.formatHex(cache.summaryHash()));
    }

    /** "Where do you see me?" */
    byte[] reflection(String pingId) {
        return mark(pingPacket(null, question(pingId, pingId)));
    }

    /** "Where do you see this socket?" From the probe socket. */
    byte[] portQuestion(String reflectionId, String pingId) {
        return mark(pingPacket(null, question(reflectionId, pingId).isProbe(true)));
    }

    /** "Where do you see me, and can you get through to my probe socket?" No probe when its port is null. */
    byte[] probeQuestion(String reflectionId, String pingId, Integer probeExternalPort) {
        return mark(pingPacket(null, question(reflectionId, pingId).probeExternalPort(probeExternalPort)));
    }

    private Ping.Builder question(String reflectionId, String pingId) {
        return ping().natType(null)
                .isReflection(true)
                .reflectionId(reflectionId)
                .pingId(pingId);
    }

    /** "Take me for a peer." */
    byte[] connection(boolean reflection, String pingId, Id subcluster) {
        return sign(pingPacket(
                subcluster,
                ping().isConnection(true)
                        .isReflection(reflection)
                        .pingId(pingId)
                        .cacheSize((long) cache.size())
                        .cacheSummaryHash(HEX.formatHex(cache.summaryHash()))));
    }

    /**
     * The smallest "take me for a peer", or "where do you see me?" while this node does not know its NAT type: for an
     * address that is known from a datagram alone, where each byte is charged.
     */
    byte[] greeting(String pingId) {
        Integer natType = self.natTypeOnWire();
        Ping body = Ping.builder(turn.config().self())
                .natType(natType)
                .isConnection(natType != null)
                .isReflection(true)
                .pingId(pingId)
                .build();
        return mark(Packet.builder(PacketType.PING).message(body));
    }

    /** The smallest "take me for a peer" to a peer that this node was introduced to, as a member of a subcluster. */
    byte[] introduction(String pingId, Id subcluster) {
        return mark(pingPacket(
                subcluster,
                Ping.builder(turn.config().self())
                        .natType(self.natTypeOnWire())
                        .isConnection(true)
                        .pingId(pingId)));
    }

    private Ping.Builder ping() {
        return Ping.builder(turn.config().self())
                .natType(self.natTypeOnWire())
                .uptime(self.uptimeMs())
                .timestamp(Math.max(0, turn.wallMs()));
    }

    private Packet.Builder pingPacket(Id subcluster, Ping.Builder body) {
        Packet.Builder packet = Packet.builder(PacketType.PING)
                .set(Field.CLUSTER, turn.config().cluster())
                .message(body.build());
        return subcluster == null ? packet : packet.set(Field.SUBCLUSTER, subcluster);
    }

    private static byte[] mark(Packet.Builder packet) {
        return ControlSeal.mark(packet).build().bytes();
    }

    private byte[] sign(Packet.Builder packet) {
        return seal.sign(packet).bytes();
    }

    /**
     * The answer to a ping of a connected peer. Kin gets it signed when it asked to be connected.
     *
     * @param kin whether the pinger bears our mark
     */
    byte[] pong(Ping ping, boolean kin, Endpoint source, int port, boolean connects) {
        Pong.Builder body = answer(ping, kin, source, port, connects)
                .cacheSize((long) cache.size())
                .uptime(self.uptimeMs())
                .cacheSummaryHash(HEX.formatHex(cache.summaryHash()));
        return kin && connects ? sign(packet(body)) : mark(packet(body));
    }

    /** The answer to anybody else's ping: what was asked for and no more, since each byte is charged. */
    byte[] leanPong(Ping ping, boolean kin, Endpoint source, int port, boolean connects) {
        Packet.Builder packet = packet(answer(ping, kin, source, port, connects));
        if (!kin) {
            return packet.build().bytes();
        }
        return connects ? sign(packet) : mark(packet);
    }

    /** The answer of this node's second id to a reference peer. */
    byte[] secondPong(Id second, Ping ping, Endpoint source, int port) {
        return packet(answer(second, ping, false, source, port, false)).build().bytes();
    }

    private static Packet.Builder packet(Pong.Builder body) {
        return Packet.builder(PacketType.PONG).message(body.build());
    }

    private Pong.Builder answer(Ping ping, boolean kin, Endpoint source, int port, boolean connects) {
        return answer(turn.config().self(), ping, kin, source, port, connects);
    }

    private Pong.Builder answer(Id responder, Ping ping, boolean kin, Endpoint source, int port, boolean connects) {
        Pong.Builder body = Pong.builder(ping.requester(), responder)
                .reflectionId(ping.reflectionId())
                .pingId(ping.pingId());
        if (ping.isReflection()) {
            body.isReflection(true);
        }
        if (kin || !ping.isReflection()) {
            body.natType(self.natTypeOnWire());
        }
        if (!connects) {
            return body.address(source.host()).port(port).isProbe(ping.isProbe());
        }
        if (!kin) {
            // A reference peer that does not list us yet ends on a connection pong with a pingId (D37).
            body.pingId(null);
        }
        return body.isConnection(true);
    }

    /** "I take part in this subcluster, and this is where I am." */
    byte[] join(Id subcluster, Endpoint advertised) {
        String key = Base64.getEncoder().encodeToString(turn.config().cluster().bytes()) + ":"
                + Base64.getEncoder().encodeToString(subcluster.bytes());
        Join body =
                Join.announcing(turn.config().self(), self.natTypeOnWire(), advertised.host(), advertised.port(), key);
        Packet.Builder packet = Packet.builder(PacketType.JOIN)
                .clock(joinClock.next())
                .hops(1)
                .set(Field.CLUSTER, turn.config().cluster())
                .set(Field.SUBCLUSTER, subcluster)
                .message(body);
        return sign(packet);
    }
}

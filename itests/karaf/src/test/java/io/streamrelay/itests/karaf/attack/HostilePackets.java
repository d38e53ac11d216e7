// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.attack;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIds;
import io.streamrelay.gossip.packet.PacketType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Datagrams that no honest peer sends (protocol-v6 §4.C). */
final class HostilePackets {

    /** Of the gateways under attack, whose configuration names none: public, like every cluster's. */
    static final Id CLUSTER = clusterOf("streamrelay");

    static final Id SOMEBODY = filled(0x77);

    private HostilePackets() {}

    private static Id clusterOf(String name) {
        try {
            return Id.of(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Id filled(int value) {
        byte[] bytes = new byte[Id.BYTES];
        Arrays.fill(bytes, (byte) value);
        return Id.of(bytes);
    }

    /** With ids that every check of the header lets pass. */
    static byte[] packet(PacketType type, Id subcluster, String body) {
        return builder(type, subcluster).message(ascii(body)).build().bytes();
    }

    private static Packet.Builder builder(PacketType type, Id subcluster) {
        return Packet.builder(type)
                .hops(1)
                .set(Field.CLUSTER, CLUSTER)
                .set(Field.SUBCLUSTER, subcluster)
                .set(Field.USR3, filled(0x33))
                .set(Field.USR4, SOMEBODY);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The datagrams that end a reference peer (D37), and bytes that are no packet. */
    static List<byte[]> deadly(Id subcluster, Id gateway) {
        String somebody = "\"" + SOMEBODY.hex() + "\"";
        String requester = "{\"requesterPeerId\":" + somebody;
        List<byte[]> deadly = new ArrayList<>(List.of(
                packet(
                        PacketType.PONG,
                        subcluster,
                        "{\"requesterPeerId\":\"" + gateway.hex() + "\",\"responderPeerId\":" + somebody
                                + ",\"isConnection\":true,\"pingId\":\"0123456789ab\"}"),
                packet(PacketType.JOIN, subcluster, "{}"),
                packet(PacketType.JOIN, subcluster, requester + ",\"natType\":31,\"address\":null,\"port\":1}"),
                packet(PacketType.SYNC, subcluster, ""),
                packet(PacketType.QUERY, subcluster, "null"),
                packet(PacketType.PING, subcluster, requester + ",\"probeExternalPort\":70000}"),
                packet(
                        PacketType.INTRO,
                        subcluster,
                        requester + ",\"responderPeerId\":" + somebody
                                + ",\"natType\":2,\"address\":\"127.0.0.99\",\"port\":4000}"),
                packet(
                        PacketType.INTRO,
                        subcluster,
                        requester + ",\"responderPeerId\":" + somebody
                                + ",\"natType\":5,\"address\":\"no.such.host\",\"port\":4000}"),
                builder(PacketType.PUBLISH, subcluster)
                        .index(0)
                        .message(ascii("null"))
                        .build()
                        .bytes(),
                whole(subcluster, "garbage that nobody sealed"),
                builder(PacketType.QUERY, subcluster)
                        .index(1)
                        .message(ascii("7"))
                        .build()
                        .bytes(),
                packet(PacketType.PING, subcluster, requester + ",\"uptime\":1,\"timestamp\":1}"),
                new byte[0],
                new byte[] {1},
                new byte[2_000]));
        deadly.addAll(mutilated(packet(PacketType.PING, subcluster, requester + "}")));
        return deadly;
    }

    /** A message in one packet, whose id is right. */
    private static byte[] whole(Id subcluster, String text) {
        byte[] message = ascii(text);
        return builder(PacketType.PUBLISH, subcluster)
                .set(Field.PACKET, PacketIds.ofMessage(message))
                .message(message)
                .build()
                .bytes();
    }

    /** Cut off at each byte, and with each byte changed. */
    private static List<byte[]> mutilated(byte[] valid) {
        List<byte[]> mutilated = new ArrayList<>();
        for (int at = 0; at < valid.length; at++) {
            mutilated.add(Arrays.copyOf(valid, at));
            byte[] changed = valid.clone();
            changed[at] ^= (byte) 0xff;
            mutilated.add(changed);
        }
        return mutilated;
    }

    /**
     * Of each type the one that promises the largest answer; {@code number} makes each a new one.
     *
     * @param held the id of a packet that the gateway holds
     */
    static byte[] costly(PacketType type, Id subcluster, Id held, Endpoint named, int number) {
        String requester = "{\"requesterPeerId\":\"" + filled(number).hex() + "\"";
        return switch (type) {
            case PING ->
                packet(
                        type,
                        subcluster,
                        requester + ",\"isReflection\":true,\"isConnection\":true,\"natType\":31,"
                                + "\"reflectionId\":\"0123456789ab\",\"probeExternalPort\":" + named.port() + "}");
            case PONG ->
                packet(
                        type,
                        subcluster,
                        requester + ",\"responderPeerId\":\"" + SOMEBODY.hex() + "\",\"isConnection\":true}");
            case JOIN -> join(subcluster, named, named, number);
            case INTRO ->
                packet(
                        type,
                        subcluster,
                        requester + ",\"responderPeerId\":\"" + SOMEBODY.hex() + "\"" + at(named) + "}");
            case SYNC -> emptySummary();
            case QUERY -> question(held, number);
            case PUBLISH, STREAM -> packet(type, subcluster, "x".repeat(200) + number);
        };
    }

    /** "Give me that packet": from whoever holds it, or else from everybody. */
    private static byte[] question(Id wanted, int number) {
        return Packet.builder(PacketType.QUERY)
                .set(Field.USR3, filled(number))
                .set(Field.USR4, ascii("1"))
                .message(ascii("{\"packetId\":\"" + wanted.hex() + "\"}"))
                .build()
                .bytes();
    }

    private static String at(Endpoint named) {
        return ",\"natType\":31,\"address\":\"" + named.host() + "\",\"port\":" + named.port();
    }

    /** Names one host as the one that joins, and another as its rendezvous. */
    static byte[] join(Id subcluster, Endpoint joiner, Endpoint rendezvous, int number) {
        return packet(
                PacketType.JOIN,
                subcluster,
                "{\"requesterPeerId\":\"" + filled(number).hex() + "\"" + at(joiner) + ",\"rendezvousAddress\":\""
                        + rendezvous.host() + "\",\"rendezvousPort\":" + rendezvous.port()
                        + ",\"rendezvousType\":31,\"rendezvousPeerId\":\"" + SOMEBODY.hex()
                        + "\",\"rendezvousDeadline\":1900000000000}");
    }

    /** "I hold nothing: what do you hold?" */
    static byte[] emptySummary() {
        byte[] body = new byte[21];
        return Packet.builder(PacketType.SYNC).message(body).build().bytes();
    }

    /** A summary in which every bucket is another than anybody's. */
    static byte[] falseSummary(int number) {
        byte[] body = new byte[21 + 16 * 21];
        Arrays.fill(body, 1, body.length, (byte) number);
        for (int bucket = 0; bucket < 16; bucket++) {
            body[21 + 21 * bucket] = (byte) bucket;
        }
        return Packet.builder(PacketType.SYNC).message(body).build().bytes();
    }

    /** A message under an id that is not its own. */
    static byte[] misnamed(Id subcluster, int number) {
        return builder(PacketType.PUBLISH, subcluster)
                .set(Field.PACKET, filled(number))
                .message(ascii("misnamed " + number))
                .build()
                .bytes();
    }

    /** A stream in one packet, whose id is right. */
    static byte[] stream(Id subcluster, Id from, Id to, int number) {
        byte[] message = ascii("stream " + number);
        return builder(PacketType.STREAM, subcluster)
                .set(Field.USR3, to)
                .set(Field.USR4, from)
                .set(Field.PACKET, PacketIds.ofMessage(message))
                .message(message)
                .build()
                .bytes();
    }

    /** The head of a message of 900 megabytes (D46); its id is right. */
    static byte[] hugeHead(Id subcluster) {
        byte[] head = ascii("{\"meta\":{},\"ts\":1,\"size\":900000000,\"indexes\":1}");
        return builder(PacketType.PUBLISH, subcluster)
                .index(0)
                .set(Field.PACKET, PacketIds.ofMessage(head))
                .message(head)
                .build()
                .bytes();
    }

    /** A valid packet of a cluster that nobody here belongs to (D48). */
    static byte[] foreign(int number) {
        byte[] message = Arrays.copyOf(ascii("foreign " + number), 900);
        return Packet.builder(PacketType.PUBLISH)
                .hops(1)
                .set(Field.CLUSTER, filled(number % 250 + 1))
                .set(Field.SUBCLUSTER, filled(0x55))
                .set(Field.USR1, filled(0x11))
                .set(Field.PACKET, PacketIds.ofMessage(message))
                .message(message)
                .build()
                .bytes();
    }

    /** The same under another event's name, which no digest covers. */
    static byte[] relabelled(Packet genuine) {
        return genuine.as(genuine.type()).set(Field.USR1, filled(0x99)).build().bytes();
    }

    /** Another content under a genuine packet's id. */
    static byte[] poisoned(Packet genuine) {
        byte[] message = genuine.copy(Field.MESSAGE);
        message[message.length / 2] ^= 1;
        return genuine.as(genuine.type()).message(message).build().bytes();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Splitter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Packets for tests. */
final class TestPackets {

    static final Id CLUSTER = filled(0xc1);
    static final Id SUBCLUSTER = filled(0x5c);
    static final Id EVENT = filled(0xe7);

    private static final long LIFETIME_MS = 60_000;

    private TestPackets() {}

    static Id filled(int value) {
        byte[] bytes = new byte[Id.BYTES];
        Arrays.fill(bytes, (byte) value);
        return Id.of(bytes);
    }

    /** One of as many ids as there are numbers. */
    static Id numbered(int number) {
        return Id.of(sealed(number, Id.BYTES));
    }

    /** Random bytes that stand for a sealed message. */
    static byte[] sealed(int seed, int length) {
        byte[] sealed = new byte[length];
        new Random(seed).nextBytes(sealed);
        return sealed;
    }

    static List<Packet> published(Id cluster, byte[] sealed) {
        Packet.Builder header = Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, cluster)
                .set(Field.SUBCLUSTER, SUBCLUSTER)
                .set(Field.USR1, EVENT);
        return Splitter.split(header, sealed, 1_000);
    }

    static Packet single(int seed) {
        return published(CLUSTER, sealed(seed, 300)).get(0);
    }

    /** One that says its age, as our nodes make it, of a body of so many bytes. */
    static CachedPacket stamped(int seed, Id subcluster, int bytes) {
        return parts(seed, subcluster, bytes).get(0);
    }

    /** All packets of such a message: its head first, when it does not fit one. */
    static List<CachedPacket> parts(int seed, Id subcluster, int bytes) {
        Packet.Builder header = Packet.builder(PacketType.PUBLISH)
                .ttl(LIFETIME_MS)
                .set(Field.CLUSTER, CLUSTER)
                .set(Field.SUBCLUSTER, subcluster)
                .set(Field.USR1, EVENT)
                .set(Field.USR3, new AgeStamp(0, false, 0, LIFETIME_MS, 9).toBytes());
        // With the same time all heads would be the same.
        return Splitter.split(header, sealed(seed, bytes), 1_000 + seed).stream()
                .map(packet -> CachedPacket.own(packet, 1, 0, LIFETIME_MS))
                .toList();
    }

    /** The id of a message in one packet, or of a head. */
    static Id messageId(byte[] message) {
        return Id.of(sha256(message));
    }

    /** SHA-256(SHA-256(id before) ‖ SHA-256(message)). */
    static Id fragmentId(Id before, byte[] message) {
        byte[] both = new byte[2 * Id.BYTES];
        System.arraycopy(sha256(before.bytes()), 0, both, 0, Id.BYTES);
        System.arraycopy(sha256(message), 0, both, Id.BYTES, Id.BYTES);
        return Id.of(sha256(both));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** A pong that reports another port, of five digits as before; anything else as it is. */
    static byte[] withPortInPong(byte[] bytes, int port) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("responderPeerId")
                ? text.replace("\"port\":19777", "\"port\":" + port).getBytes(StandardCharsets.ISO_8859_1)
                : bytes;
    }
}

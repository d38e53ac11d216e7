// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.envelope.BadEnvelope;
import io.streamrelay.gossip.node.envelope.Envelope;
import io.streamrelay.gossip.node.envelope.EnvelopeReader;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import io.streamrelay.gossip.packet.PacketIds;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.score.Score;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Each bit of a record, turned over: who notices. */
class FlippedBitsTest {

    private static final Id SUBCLUSTER = filled(2);
    private static final byte[] SEED = new byte[32];

    /**
     * The id of a packet covers its body alone, as the reference's does: a flip in the head is noticed where the head
     * matters, not by relays. So this part of the row fails; what is asserted is that each flip of a body or id is noticed.
     */
    @Test
    void eachFlipOfABodyOrIdIsNoticedByItsPacketIdAndOfAHeadIsNot(TestInfo test) {
        Score row = Score.row("B1").part("packet id").shownBy(test);
        Packet packet = packet();
        Map<String, Integer> unnoticed = new TreeMap<>();
        int bits = 8 * packet.size();
        for (int bit = 0; bit < bits; bit++) {
            if (isTaken(Packet.decode(flipped(packet.bytes(), bit)))) {
                unnoticed.merge(fieldOf(packet, bit / 8), 1, Integer::sum);
            }
        }
        int passed = unnoticed.values().stream().mapToInt(Integer::intValue).sum();
        row.measured((bits - passed) + " of " + bits + " flips rejected; not those of " + unnoticed)
                .passed(passed == 0);
        assertTrue(bits > passed, "some are noticed");
        assertEquals(null, unnoticed.get(Field.MESSAGE.name()), "all of the body");
        assertEquals(null, unnoticed.get(Field.PACKET.name()), "all of the id");
    }

    private static boolean isTaken(Decoded decoded) {
        return decoded instanceof Packet packet
                && packet.type() == PacketType.PUBLISH
                && PacketIdCheck.check(packet, null) == PacketIdCheck.Verdict.VALID;
    }

    private static Packet packet() {
        byte[] body = new byte[400];
        return Packet.builder(PacketType.PUBLISH)
                .ttl(21_600_000)
                .index(-1)
                .set(Field.CLUSTER, filled(1))
                .set(Field.SUBCLUSTER, SUBCLUSTER)
                .set(Field.PACKET, PacketIds.ofMessage(body))
                .set(Field.USR1, filled(3))
                .set(Field.USR2, filled(4))
                .set(Field.USR3, new byte[24])
                .message(body)
                .set(Field.SIG, new byte[64])
                .build();
    }

    /** The field that a byte lies in, or what comes before all fields. */
    private static String fieldOf(Packet packet, int at) {
        for (Field field : Field.values()) {
            int begin = packet.offset(field);
            if (packet.length(field) > 0 && at >= begin && at < begin + packet.length(field)) {
                return field.name();
            }
        }
        return "HEADER";
    }

    @Test
    void eachFlipOfAnEnvelopeIsNoticedByItsSignature(TestInfo test) {
        Score row = Score.row("B1").part("envelope signature").shownBy(test);
        try (BouncyKeyRing keys = new BouncyKeyRing()) {
            byte[] envelope = envelope(keys);
            EnvelopeReader reader = new EnvelopeReader(keys);
            assertInstanceOf(Envelope.class, reader.read(envelope, SUBCLUSTER));
            Map<String, Integer> reasons = new TreeMap<>();
            int bits = 8 * envelope.length;
            int rejected = 0;
            for (int bit = 0; bit < bits; bit++) {
                if (reader.read(flipped(envelope, bit), SUBCLUSTER) instanceof BadEnvelope bad) {
                    rejected++;
                    reasons.merge(bad.reason().label(), 1, Integer::sum);
                }
            }
            row.measured(rejected + " of " + bits + " flips rejected, counted as " + reasons)
                    .passed(rejected == bits);
            assertEquals(bits, rejected);
        }
    }

    private static byte[] envelope(BouncyKeyRing keys) {
        SigningKey key = keys.signingKey(SEED);
        List<Message> messages = List.of(
                Message.of("plant/line1/temperature", "21.5".getBytes()),
                Message.of("plant/line1/pressure", "1013".getBytes()));
        return new EnvelopeWriter(key)
                .write(new Envelope(key.publicKey(), 3, 17, 0, Envelope.UNKNOWN, 5, 60_000, messages), SUBCLUSTER);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    private static Id filled(int value) {
        byte[] bytes = new byte[Id.BYTES];
        Arrays.fill(bytes, (byte) value);
        return Id.of(bytes);
    }
}

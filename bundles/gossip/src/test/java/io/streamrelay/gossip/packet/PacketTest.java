// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketTest {

    private final byte[] plain = Packet.builder(PacketType.PUBLISH)
            .message(Samples.ascii("m"))
            .build()
            .bytes();

    @Test
    @Tag("case-2")
    void writesTheProtocolsDefaults() {
        Packet packet = Packet.builder(PacketType.PING).build();
        assertEquals(
                "03050b11" + "01" + "0006" + "00000001" + "00000000" + "ffffffff" + "01499700",
                Vectors.HEX.formatHex(packet.bytes(), 0, Packet.FIELDS_AT));
        for (Field field : Field.values()) {
            assertEquals(field == Field.PACKET ? 32 : 1, packet.length(field), field.name());
            assertEquals(field == Field.PACKET, packet.isSet(field), field.name());
        }
    }

    @Test
    @Tag("case-38")
    void rejectsAnotherMagic() {
        plain[3] ^= 1;
        assertRejected(DropReason.BAD_MAGIC, plain);
        assertRejected(DropReason.BAD_MAGIC, new byte[] {1});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7, 262, 0xffff})
    @Tag("case-38")
    void rejectsAnotherVersion(int version) {
        ByteBuffer.wrap(plain).putShort(Packet.VERSION_AT, (short) version);
        assertRejected(DropReason.BAD_VERSION, plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 127, 128, 255})
    @Tag("case-38")
    void rejectsAnUnknownType(int type) {
        plain[Packet.TYPE_AT] = (byte) type;
        assertRejected(DropReason.UNKNOWN_TYPE, plain);
    }

    @Test
    void rejectsWhateverEndsEarly() {
        Packet largest = Samples.largest();
        for (int length = 0; length < largest.offset(Field.SIG); length++) {
            assertRejected(DropReason.TRUNCATED, Arrays.copyOf(largest.bytes(), length));
        }
    }

    /** The reference takes what there is of a signature (protocol-v6 §1.4); what leaves again has to be valid. */
    @Test
    void takesASignatureThatEndsEarlyAsFarAsItGoes() {
        Packet largest = Samples.largest();
        for (int length = largest.offset(Field.SIG); length < largest.size(); length++) {
            Packet packet = Vectors.packet(Arrays.copyOf(largest.bytes(), length));
            assertEquals(length - largest.offset(Field.SIG), packet.length(Field.SIG));
            assertArrayEquals(packet.bytes(), Vectors.packet(packet.bytes()).bytes());
        }
    }

    @Test
    void acceptsTheLargestPacket() {
        Packet packet = Samples.largest();
        assertEquals(Packet.MAX_BYTES, packet.size());
        assertArrayEquals(packet.bytes(), Vectors.packet(packet.bytes()).bytes());
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    @Tag("case-38")
    void rejectsAFieldThatIsTooLong(Field field) {
        Packet packet = Samples.largest();
        byte[] bytes = Arrays.copyOf(packet.bytes(), packet.size() + 1);
        ByteBuffer.wrap(bytes).putShort(packet.offset(field) - 2, (short) (field.maxBytes() + 1));
        assertRejected(DropReason.FIELD_TOO_LONG, bytes);
    }

    @Test
    void readsLengthsAsUnsigned() {
        Packet packet = Samples.largest();
        ByteBuffer.wrap(packet.bytes()).putShort(packet.offset(Field.CLUSTER) - 2, (short) -1);
        assertRejected(DropReason.FIELD_TOO_LONG, packet.bytes());
    }

    @Test
    @Tag("case-39")
    void acceptsFieldsOfNoLength() {
        Packet.Builder builder = Packet.builder(PacketType.PING);
        for (Field field : Field.values()) {
            builder.set(field, new byte[0]);
        }
        Packet packet = Vectors.packet(builder.build().bytes());
        assertEquals(Packet.FIELDS_AT + 2 * Field.values().length, packet.size());
        for (Field field : Field.values()) {
            assertEquals(0, packet.length(field));
            assertFalse(packet.isSet(field));
            assertNull(packet.id(field));
        }
    }

    @Test
    @Tag("case-39")
    void acceptsTrailingBytesAndCutsThemOff() {
        Packet packet = Vectors.packet(Arrays.copyOf(plain, plain.length + 7));
        assertArrayEquals(plain, packet.bytes());
        assertEquals(plain.length, packet.size());
    }

    @Test
    void takesTheDatagramOverWithoutACopy() {
        assertSame(plain, Vectors.packet(plain).bytes());
    }

    @Test
    void isSetOnlyWithMoreThanTheDefaultsZero() {
        assertFalse(usr1().isSet(Field.USR1));
        assertFalse(usr1(0).isSet(Field.USR1));
        assertTrue(usr1(1).isSet(Field.USR1));
        assertTrue(usr1(0, 0).isSet(Field.USR1));
    }

    @Test
    void hasAnIdOnlyWithExactly32Bytes() {
        assertNull(usr1(new int[31]).id(Field.USR1));
        assertEquals(Samples.id(0), usr1(new int[32]).id(Field.USR1));
    }

    @Test
    void readsHeaderNumbersAsUnsigned() {
        Packet packet = Packet.builder(PacketType.JOIN)
                .clock(0xffff_fffeL)
                .ttl(0xffff_ffffL)
                .index(-7)
                .hops(3)
                .build();
        assertEquals(0xffff_fffeL, packet.clock());
        assertEquals(0xffff_ffffL, packet.ttl());
        assertEquals(-7, packet.index());
        assertEquals(3, packet.hops());
    }

    @Test
    void clampsHopsThatDoNotFitAnInt() {
        ByteBuffer.wrap(plain).putInt(Packet.HOPS_AT, -1);
        assertEquals(Integer.MAX_VALUE, Vectors.packet(plain).hops());
    }

    @Test
    void patchesHopsInACopy() {
        Packet packet = Vectors.packet(plain);
        Packet sent = Vectors.packet(packet.withHops(5));
        assertEquals(0, packet.hops());
        assertEquals(5, sent.hops());
        assertEquals(packet.packetId(), sent.packetId());
        assertArrayEquals(packet.bytes(), sent.withHops(0));
    }

    @Test
    void digestsPreviousMessageAndNextForItsId() {
        Packet packet = Packet.builder(PacketType.QUERY)
                .set(Field.PREVIOUS, Samples.id(1))
                .set(Field.NEXT, Samples.id(2))
                .set(Field.USR1, Samples.id(3))
                .message(Samples.ascii("{}"))
                .build();
        byte[] digest = Digests.sha256(
                Samples.id(1).bytes(), Samples.ascii("{}"), Samples.id(2).bytes());
        assertArrayEquals(digest, packet.copy(Field.PACKET));
    }

    @Test
    void keepsAnIdThatIsSet() {
        Packet packet =
                Packet.builder(PacketType.PING).set(Field.PACKET, Samples.id(9)).build();
        assertEquals(Samples.id(9), packet.packetId());
    }

    @Test
    void buildsFromOneBuilderMoreThanOnce() {
        Packet.Builder builder = Packet.builder(PacketType.PING).message(Samples.ascii("a"));
        Packet first = builder.build();
        Packet second = builder.message(Samples.ascii("bb")).build();
        assertEquals(1, first.length(Field.MESSAGE));
        assertEquals(2, second.length(Field.MESSAGE));
        assertFalse(first.packetId().equals(second.packetId()));
    }

    @Test
    void refusesToBuildWhatDoesNotFit() {
        Packet.Builder builder = Packet.builder(PacketType.PING);
        for (Field field : Field.values()) {
            byte[] content = new byte[field.maxBytes() + 1];
            assertThrows(IllegalArgumentException.class, () -> builder.set(field, content), field.name());
        }
        assertThrows(IllegalArgumentException.class, () -> builder.clock(1L << 32));
        assertThrows(IllegalArgumentException.class, () -> builder.ttl(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.hops(-1));
    }

    private static Packet usr1(int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return Packet.builder(PacketType.INTRO).set(Field.USR1, bytes).build();
    }

    private static void assertRejected(DropReason reason, byte[] datagram) {
        assertEquals(new Rejected(reason), Packet.decode(datagram), () -> datagram.length + " bytes");
    }
}

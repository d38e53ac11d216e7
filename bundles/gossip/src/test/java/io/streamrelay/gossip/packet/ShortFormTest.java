// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShortFormTest {

    private static final int LIFETIME_MS = 3_600_000;
    private static final int MUTATIONS = 300_000;
    private static final int FIRST = 0xabcd01;

    private final Random random = new Random(3);
    private final Map<Integer, byte[]> names = new HashMap<>();
    private final Map<String, Integer> given = new HashMap<>();
    private final Map<String, byte[]> nexts = new HashMap<>();
    private long ts = 1_000;

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] usr3() {
        return ByteBuffer.wrap(bytes(24)).putInt(12, LIFETIME_MS).array();
    }

    private Packet.Builder header() {
        return Packet.builder(PacketType.PUBLISH)
                .ttl(LIFETIME_MS)
                .set(Field.CLUSTER, bytes(32))
                .set(Field.SUBCLUSTER, bytes(32))
                .set(Field.USR1, bytes(32))
                .set(Field.USR3, usr3());
    }

    private List<Packet> split(Packet.Builder header, int length) {
        return Splitter.split(header, bytes(length), ts++);
    }

    private Packet single() {
        return split(header(), 200).get(0);
    }

    private final ShortForm.Namer namer = new ShortForm.Namer() {

        @Override
        public boolean isKnown(byte[] bytes, int from, int length) {
            return names.containsKey(name(bytes, from, length));
        }

        @Override
        public int name(byte[] bytes, int from, int length) {
            return given.computeIfAbsent(
                    HexFormat.of().formatHex(bytes, from, from + length), key -> FIRST + given.size());
        }

        @Override
        public boolean isKnownAsNext(Packet fragment) {
            return nexts.containsKey(place(fragment.copy(Field.PREVIOUS), fragment.index() - 1));
        }
    };

    private final ShortForm.Names known = new ShortForm.Names() {

        @Override
        public byte[] value(int name, int bytes) {
            byte[] value = names.get(name);
            return value != null && value.length == bytes ? value : null;
        }

        @Override
        public byte[] next(byte[] head, int index) {
            return nexts.get(place(head, index));
        }
    };

    private static String place(byte[] head, int index) {
        return HexFormat.of().formatHex(head) + " " + index;
    }

    private byte[] told(Packet packet) {
        return ShortForm.of(packet, namer).encode(packet.bytes());
    }

    private Decoded heard(byte[] datagram) {
        return ShortForm.read(datagram, known).decoded();
    }

    private void learn(Packet packet) {
        ShortForm.read(told(packet), known)
                .teach((name, bytes, from, length) -> names.put(name, Arrays.copyOfRange(bytes, from, from + length)));
    }

    private int assertToldAsItIs(Packet packet) {
        byte[] told = told(packet);
        assertTrue(ShortForm.isShort(told));
        assertEquals(told.length, ShortForm.of(packet, namer).size());
        assertArrayEquals(
                packet.bytes(), assertInstanceOf(Packet.class, heard(told)).bytes());
        return told.length;
    }

    @Test
    void isWrittenByteByByte() {
        Packet packet = Packet.builder(PacketType.PUBLISH)
                .ttl(1_000)
                .hops(5)
                .set(Field.CLUSTER, Id.ofHex("c1".repeat(32)))
                .set(Field.SUBCLUSTER, Id.ofHex("5c".repeat(32)))
                .set(Field.PACKET, PacketIds.ofMessage(new byte[] {7, 8, 9}))
                .set(Field.USR3, HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaab" + "000003e80102030405060708"))
                .set(Field.USR4, new byte[] {0x44, 0x45})
                .message(new byte[] {7, 8, 9})
                .build();
        assertEquals(
                "5343" + "0340c5" + "05" + "a0a1a2a3a4c397a5a8a9aaab" + "abcd01" + "c1".repeat(32) + "abcd02"
                        + "5c".repeat(32) + "abcd03" + "000003e80102030405060708" + "024445" + "070809",
                HexFormat.of().formatHex(told(packet)));
        learn(packet);
        assertEquals(
                "5343" + "0380ca" + "05" + "a0a1a2a3a4a5a6a7a8a9aaab" + "abcd01" + "abcd02" + "abcd03" + "024445"
                        + "070809",
                HexFormat.of().formatHex(told(packet)));
    }

    @Test
    void ofAMessageInOnePacketLeavesOutWhatIsKnown() {
        Packet packet = single();
        assertEquals(402, packet.size());
        assertEquals(338, assertToldAsItIs(packet));
        learn(packet);
        assertEquals(230, assertToldAsItIs(packet));
    }

    @Test
    void ofALargeMessageNamesItsHead() {
        List<Packet> packets = split(header(), 5_000);
        for (Packet packet : packets) {
            assertToldAsItIs(packet);
            learn(packet);
        }
        Packet second = packets.get(2);
        assertEquals(1_288, second.size());
        assertEquals(1_123, assertToldAsItIs(second));
    }

    @Test
    void ofASignedMessageTellsTheSignatureOnce() {
        List<Packet> packets = split(header().set(Field.SIG, bytes(64)), 5_000);
        int inFull = assertToldAsItIs(packets.get(3));
        packets.forEach(this::learn);
        int named = assertToldAsItIs(packets.get(3));
        assertEquals(
                64 + 4 * 32 + 12,
                inFull - named,
                "signature, cluster, subcluster, event and head, lifetime and origin");
        int single =
                assertToldAsItIs(split(header().set(Field.SIG, bytes(64)), 100).get(0));
        assertEquals(64, single - assertToldAsItIs(split(header(), 100).get(0)));
    }

    @Test
    void ofALargeRawMessageTellsItsOrderOnce() {
        List<Packet> packets = split(header().set(Field.USR4, bytes(16)), 5_000);
        int inFull = assertToldAsItIs(packets.get(3));
        packets.forEach(this::learn);
        int named = assertToldAsItIs(packets.get(3));
        assertEquals(
                16 + 4 * 32 + 12, inFull - named, "order, cluster, subcluster, event and head, lifetime and origin");
        int single =
                assertToldAsItIs(split(header().set(Field.USR4, bytes(16)), 100).get(0));
        assertEquals(16, single - assertToldAsItIs(split(header(), 100).get(0)));
    }

    private void nextIsKnown(Packet packet) {
        byte[] head = packet.copy(packet.index() == 0 ? Field.PACKET : Field.PREVIOUS);
        nexts.put(place(head, packet.index()), packet.copy(Field.NEXT));
    }

    @Test
    void ofAFragmentLeavesOutTheIdThatTheOneBeforeItNames() {
        List<Packet> packets = split(header(), 5_000);
        packets.forEach(this::learn);
        packets.forEach(this::nextIsKnown);
        for (Packet packet : packets.subList(1, packets.size())) {
            int withoutItsId = assertToldAsItIs(packet);
            nexts.clear();
            assertEquals(32, assertToldAsItIs(packet) - withoutItsId);
            packets.forEach(this::nextIsKnown);
        }
    }

    @Test
    void isNotUnderstoodWithoutTheFragmentBefore() {
        List<Packet> packets = split(header(), 5_000);
        packets.forEach(this::learn);
        packets.forEach(this::nextIsKnown);
        byte[] told = told(packets.get(3));
        nexts.remove(place(packets.get(0).packetId().bytes(), 2));
        assertEquals(new Rejected(DropReason.UNKNOWN_NAME), heard(told));
    }

    @Test
    void tellsWhateverElseAPublicationMayHold() {
        for (int round = 0; round < 2_000; round++) {
            names.clear();
            given.clear();
            Packet.Builder header = header();
            for (Field field : List.of(Field.NEXT, Field.USR1, Field.USR2, Field.USR4, Field.SIG)) {
                if (random.nextBoolean()) {
                    header.set(
                            field, bytes(random.nextBoolean() ? field.maxBytes() : random.nextInt(field.maxBytes())));
                }
            }
            for (Packet packet : split(header, 1 + random.nextInt(3_000))) {
                Packet passedOn = Vectors.packet(packet.withHops(random.nextInt(17)));
                assertToldAsItIs(passedOn);
                learn(passedOn);
                if (random.nextBoolean()) {
                    nextIsKnown(passedOn);
                }
                assertToldAsItIs(passedOn);
            }
        }
    }

    @Test
    void leavesWithOtherHopsAndAnotherHalfOfUsr3() {
        Packet packet = single();
        byte[] outgoing = packet.withHops(16);
        Arrays.fill(outgoing, packet.offset(Field.USR3), packet.offset(Field.USR3) + 12, (byte) 0xaa);
        byte[] told = ShortForm.of(packet, namer).encode(outgoing);
        assertArrayEquals(outgoing, ((Packet) heard(told)).bytes());
    }

    @Test
    void isThereForPublicationsWithTheUsualClockAndLifetimeAlone() {
        assertNull(ShortForm.of(split(header().clock(2), 100).get(0), namer));
        assertNull(ShortForm.of(split(header().ttl(LIFETIME_MS - 1), 100).get(0), namer));
        assertNull(ShortForm.of(split(header().set(Field.USR3, bytes(23)), 100).get(0), namer));
        assertNull(ShortForm.of(single().as(PacketType.STREAM).build(), namer));
        assertNull(ShortForm.of(single().as(PacketType.PUBLISH).index(-2).build(), namer));
        assertNull(ShortForm.of(single().as(PacketType.PUBLISH).index(0x1_0000).build(), namer));
        assertNull(ShortForm.of(
                single().as(PacketType.PUBLISH).set(Field.PACKET, bytes(31)).build(), namer));
    }

    @Test
    void isNotUnderstoodByWhoDoesNotKnowItsNames() {
        Packet packet = single();
        learn(packet);
        byte[] told = told(packet);
        names.clear();
        assertEquals(new Rejected(DropReason.UNKNOWN_NAME), heard(told));
        names.put(FIRST, bytes(12));
        assertEquals(new Rejected(DropReason.UNKNOWN_NAME), heard(told));
    }

    @Test
    void isRejectedWhereverItEndsBeforeItsBody() {
        Packet packet = split(header().set(Field.USR2, bytes(5)), 5_000).get(1);
        byte[] told = told(packet);
        for (int length = 0; length < told.length - packet.length(Field.MESSAGE); length++) {
            Decoded decoded = heard(Arrays.copyOf(told, length));
            DropReason reason = length < 6 ? DropReason.BAD_MAGIC : DropReason.TRUNCATED;
            assertEquals(new Rejected(reason), decoded, length + " bytes");
        }
    }

    /** Else a bit that is turned over in a name would teach a wrong one, and nobody would notice. */
    @Test
    void hasAnotherChecksumWithEachBitOfItsNames() {
        Packet packet = single();
        byte[] told = told(packet);
        for (int nameAt : new int[] {18, 53, 88, 123}) {
            for (int bit = 0; bit < 24; bit++) {
                byte[] flipped = told.clone();
                flipped[nameAt + bit / 8] ^= (byte) (1 << bit % 8);
                Packet mistaken = (Packet) heard(flipped);
                byte[] usr3 = mistaken.copy(Field.USR3);
                assertFalse(Arrays.equals(packet.copy(Field.USR3), 5, 8, usr3, 5, 8), "bit " + bit + " at " + nameAt);
            }
        }
    }

    @Test
    void isRejectedWithABitThatMeansNothingYet() {
        for (int bit = 5; bit < 8; bit++) {
            byte[] told = told(single());
            told[2] |= (byte) (1 << bit);
            assertEquals(new Rejected(DropReason.BAD_VERSION), heard(told));
        }
    }

    @Test
    void isRejectedWithAFieldOrABodyThatIsTooLong() {
        byte[] told = told(split(header().set(Field.USR1, bytes(3)), 100).get(0));
        int usr1At = 6 + 12 + 3 + 32 + 3 + 32;
        assertEquals(3, told[usr1At]);
        byte[] overlong = told.clone();
        overlong[usr1At] = 33;
        assertEquals(new Rejected(DropReason.FIELD_TOO_LONG), heard(overlong));
        assertEquals(new Rejected(DropReason.FIELD_TOO_LONG), heard(Arrays.copyOf(told, told.length + 1_024)));
    }

    @Test
    void isAPacketThatCanBeReadOrRejectedWhateverItsBytes() {
        List<Packet> packets = split(header().set(Field.USR2, bytes(5)), 1_500);
        packets.forEach(this::learn);
        packets.forEach(this::nextIsKnown);
        Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
        int whole = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] told = told(packets.get(random.nextInt(packets.size())));
            int headBytes = Math.min(told.length, 80);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                told[2 + random.nextInt(headBytes - 2)] = (byte) random.nextInt();
            }
            Decoded decoded = heard(Arrays.copyOf(told, told.length - random.nextInt(2) * random.nextInt(told.length)));
            if (decoded instanceof Packet packet) {
                RoundTrip.assertDecodesAlike(packet);
                whole++;
            } else {
                reasons.add(((Rejected) decoded).reason());
            }
        }
        assertTrue(whole > MUTATIONS / 10, whole + " packets");
        assertTrue(
                reasons.containsAll(Set.of(DropReason.UNKNOWN_NAME, DropReason.TRUNCATED, DropReason.FIELD_TOO_LONG)),
                reasons::toString);
    }

    @Test
    void isNoPacketOfTheProtocolAndNoPulse() {
        byte[] told = told(single());
        assertEquals(new Rejected(DropReason.BAD_MAGIC), Packet.decode(told.clone()));
        assertNull(Pulse.of(told));
        assertFalse(ShortForm.isShort(single().bytes()));
    }
}

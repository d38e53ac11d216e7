// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes in becomes a packet and a body, or a drop reason: a million inputs, the same in each run. */
class HostileInputTest {

    private static final int DATAGRAMS = 1_000_000;
    private static final int BODIES = 100_000;
    private static final byte[] JSON_BYTES = Samples.ascii("{}[]\",:\\0123456789.eE+-truefalsn \u007f");

    private final Random random = new Random(6);
    private final List<byte[]> seeds = new ArrayList<>();
    private final Set<DropReason> seen = EnumSet.noneOf(DropReason.class);

    HostileInputTest() {
        Vectors.controlPackets().forEach(packet -> seeds.add(packet.bytes()));
        Splitter.split(Packet.builder(PacketType.PUBLISH), new byte[1500], 9)
                .forEach(packet -> seeds.add(packet.bytes()));
        SummaryTrie trie = new SummaryTrie();
        trie.insert(Samples.REQUESTER);
        trie.insert(Samples.RESPONDER);
        seeds.add(Packet.builder(PacketType.SYNC)
                .message(trie.summary("a").encode())
                .build()
                .bytes());
        seeds.add(Packet.builder(PacketType.QUERY)
                .message(new QueryBody(Samples.REQUESTER).toJson())
                .build()
                .bytes());
    }

    @Test
    @Tag("case-40")
    void decodesOrNamesAReasonForMutatedDatagrams() {
        for (int round = 0; round < DATAGRAMS; round++) {
            Decoded decoded = Packet.decode(mutate(seed()));
            if (decoded instanceof Rejected rejected) {
                seen.add(rejected.reason());
            } else {
                RoundTrip.assertDecodesAlike((Packet) decoded);
            }
        }
        assertSeen(DropReason.BAD_MAGIC, DropReason.FIELD_TOO_LONG);
    }

    @Test
    @Tag("case-40")
    void readsOrNamesAReasonForMutatedBodies() {
        for (int round = 0; round < BODIES; round++) {
            Packet original = Vectors.packet(seed());
            byte[] message = mutate(original.copy(Field.MESSAGE));
            Packet packet = Packet.builder(original.type())
                    .index(original.index())
                    .message(Arrays.copyOf(message, Math.min(message.length, Field.MESSAGE.maxBytes())))
                    .build();
            inspect(Vectors.packet(packet.bytes()));
        }
        assertSeen(DropReason.BAD_JSON, DropReason.BAD_SUMMARY);
    }

    /** The mutations have led to each of these reasons, so that they test what they should. */
    private void assertSeen(DropReason first, DropReason last) {
        assertTrue(seen.containsAll(EnumSet.range(first, last)), () -> "the mutations only led to " + seen);
    }

    private void inspect(Packet packet) {
        assertNotNull(PacketIdCheck.check(packet, packet));
        Body body = Body.of(packet);
        if (body instanceof Malformed malformed) {
            seen.add(malformed.reason());
        } else {
            RoundTrip.assertWritesWhatItRead(packet, body);
        }
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] mutate(byte[] original) {
        byte[] bytes = original.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            if (bytes.length == 0) {
                return new byte[] {(byte) random.nextInt()};
            }
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = JSON_BYTES[random.nextInt(JSON_BYTES.length)];
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = without(bytes, at);
                default -> bytes = doubled(bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private byte[] doubled(byte[] bytes, int at) {
        int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
    }
}

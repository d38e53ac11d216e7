// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Any datagram is the short form of a packet that can be read in all its parts, or it is rejected. */
class ShortFormFuzzTest {

    private static final ShortForm.Namer NEWS = new Namer(false);
    private static final ShortForm.Namer KNOWN = new Namer(true);

    /** @param isKnown whether the other knows all values; all have the same name */
    private record Namer(boolean isKnown) implements ShortForm.Namer {

        @Override
        public boolean isKnown(byte[] bytes, int from, int length) {
            return isKnown;
        }

        @Override
        public int name(byte[] bytes, int from, int length) {
            return 0x010203;
        }

        @Override
        public boolean isKnownAsNext(Packet fragment) {
            return isKnown;
        }
    }

    private static final ShortForm.Names ALL_BUT_ZERO = new ShortForm.Names() {

        @Override
        public byte[] value(int name, int bytes) {
            return name == 0 ? null : new byte[bytes];
        }

        @Override
        public byte[] next(byte[] head, int index) {
            return index == 0 ? null : new byte[Field.PACKET.maxBytes()];
        }
    };

    @FuzzTest(maxDuration = "1m")
    void datagram(byte[] bytes) {
        ShortFormReader reader = ShortForm.read(bytes, ALL_BUT_ZERO);
        if (reader.decoded() instanceof Packet packet) {
            RoundTrip.assertDecodesAlike(packet);
            assertNotNull(PacketIdCheck.check(packet, packet));
            reader.teach((name, value, from, length) -> {
                assertTrue(name >>> 24 == 0 && from > 0 && from + length <= value.length);
                assertTrue(length == 12 || length == 16 || length == 32 || length == 64);
            });
            assertEquals(PacketType.PUBLISH, packet.type());
        }
    }

    @Test
    void beginsWithEachWayToTellAPacket() throws IOException {
        byte[] usr3 = ByteBuffer.allocate(24).putInt(12, 1_000).array();
        Packet.Builder header = Packet.builder(PacketType.PUBLISH)
                .ttl(1_000)
                .set(Field.CLUSTER, new byte[32])
                .set(Field.SUBCLUSTER, new byte[32])
                .set(Field.USR2, new byte[] {1, 2})
                .set(Field.USR3, usr3)
                .set(Field.SIG, new byte[64]);
        List<Packet> large = Splitter.split(header, new byte[1_100], 1_000);
        Packet small = Splitter.split(header, new byte[100], 1_000).get(0);
        Map<String, byte[]> seeds = new TreeMap<>();
        seeds.put("small-news", ShortForm.of(small, NEWS).encode(small.bytes()));
        seeds.put("small-known", ShortForm.of(small, KNOWN).encode(small.bytes()));
        seeds.put(
                "head-news",
                ShortForm.of(large.get(0), NEWS).encode(large.get(0).bytes()));
        seeds.put(
                "part-known",
                ShortForm.of(large.get(1), KNOWN).encode(large.get(1).bytes()));
        Packet last = large.get(2);
        seeds.put("last-known", ShortForm.of(last, KNOWN).encode(last.bytes()));
        Packet inOrder = Splitter.split(header.set(Field.USR4, new byte[16]), new byte[1_100], 1_000)
                .get(0);
        seeds.put("in-order-news", ShortForm.of(inOrder, NEWS).encode(inOrder.bytes()));
        Corpus.assertHolds(ShortFormFuzzTest.class, "datagram", seeds);
    }
}

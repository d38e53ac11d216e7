// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {

    private static final String HASH = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    @Test
    void hashesNothingWhenAllBucketsAreEmpty() {
        assertEquals(
                HASH,
                Vectors.HEX.formatHex(
                        Summary.of("", new byte[Summary.BUCKETS][]).hash()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 62, 63})
    @Tag("case-31")
    void carriesPrefixesOfAnyLength(int digits) {
        String prefix = "0123456789abcdef".repeat(4).substring(0, digits);
        byte[][] buckets = new byte[Summary.BUCKETS][];
        for (int digit = 0; digit < Summary.BUCKETS; digit++) {
            buckets[digit] = new byte[Summary.HASH_BYTES];
            Arrays.fill(buckets[digit], (byte) digit);
        }
        byte[] encoded = Summary.of(prefix, buckets).encode();
        Summary decoded = assertInstanceOf(Summary.class, Summary.decode(encoded));
        assertEquals(prefix, decoded.prefix());
        assertArrayEquals(encoded, decoded.encode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00da39a3ee5e6b4b0d3255bfef95601890afd807",
                "00" + HASH + "00",
                "00" + HASH + "00" + HASH + "01",
                "00" + HASH + "10" + HASH,
                "00" + HASH + "ff" + HASH,
                "00" + HASH + "01" + HASH + "01" + HASH,
                "00" + HASH + "01" + HASH + "00" + HASH,
                "01" + HASH,
                "0110" + HASH,
                "40" + HASH + "0000000000000000000000000000000000000000000000000000000000000000"
            })
    void rejectsWhatIsNoSummary(String hex) {
        assertEquals(new Malformed(DropReason.BAD_SUMMARY), Summary.decode(Vectors.HEX.parseHex(hex)));
    }

    @Test
    void isTheBodyOfASync() {
        byte[] body = new SummaryTrie().summary("ab").encode();
        Packet packet = Packet.builder(PacketType.SYNC).message(body).build();
        assertArrayEquals(body, assertInstanceOf(Summary.class, Body.of(packet)).encode());
    }
}

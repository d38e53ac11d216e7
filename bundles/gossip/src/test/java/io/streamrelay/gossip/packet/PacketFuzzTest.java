// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Any datagram is a packet that can be read in all its parts and written as it was, or it is rejected. */
class PacketFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void datagram(byte[] bytes) {
        if (Packet.decode(bytes) instanceof Packet packet) {
            RoundTrip.assertDecodesAlike(packet);
            assertEquals(7, Vectors.packet(packet.withHops(7)).hops());
            assertNotNull(PacketIdCheck.check(packet, packet));
            Body body = Body.of(packet);
            if (!(body instanceof Malformed)) {
                RoundTrip.assertWritesWhatItRead(packet, body);
            }
        }
    }

    @Test
    void beginsWithPacketsOfTheReference() throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        int number = 0;
        for (JsonNode vector : Vectors.readOwn("deterministic.json").get("packets")) {
            byte[] bytes = Vectors.bytes(vector.get("hex"));
            seeds.put(
                    "%02d-%s"
                            .formatted(
                                    number++,
                                    Vectors.packet(bytes).type().name().toLowerCase()),
                    bytes);
        }
        Corpus.assertHolds(PacketFuzzTest.class, "datagram", seeds);
    }
}

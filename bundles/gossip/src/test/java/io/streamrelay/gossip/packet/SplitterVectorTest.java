// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitterVectorTest {

    static Stream<JsonNode> messages() {
        return Vectors.elements(Vectors.read("messages.json"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    @Tag("case-13")
    void splitsMessagesIntoTheSamePackets(JsonNode vector) {
        List<byte[]> expected =
                Vectors.elements(vector.get("packets")).map(Vectors::bytes).toList();
        assertSplits(expected, Vectors.bytes(vector.get("sealed")));
    }

    @Test
    @Tag("case-13")
    void splitsTheDeterministicMessageIntoTheSamePackets() {
        List<byte[]> expected = deterministicFragments();
        byte[] message = deterministicMessage();
        assertEquals(
                Vectors.read("deterministic.json")
                        .get("compose")
                        .get("messageSha256")
                        .textValue(),
                Vectors.HEX.formatHex(Digests.sha256(message)));
        assertSplits(expected, message);
    }

    private static List<byte[]> deterministicFragments() {
        JsonNode packets = Vectors.read("deterministic.json").get("packets");
        List<byte[]> fragments = new ArrayList<>();
        for (int i = 0; packets.has("publish.fragment." + i); i++) {
            fragments.add(Vectors.bytes(packets.get("publish.fragment." + i).get("hex")));
        }
        return fragments;
    }

    private static byte[] deterministicMessage() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        deterministicFragments().stream()
                .skip(1)
                .map(bytes -> Vectors.packet(bytes).copy(Field.MESSAGE))
                .forEach(message::writeBytes);
        return message.toByteArray();
    }

    private static void assertSplits(List<byte[]> expected, byte[] message) {
        Packet first = Vectors.packet(expected.get(0));
        long ts = Body.of(first) instanceof Head head ? head.ts() : 0;
        List<Packet> packets = Splitter.split(headerOf(first), message, ts);
        assertEquals(expected.size(), packets.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), packets.get(i).bytes(), "packet " + i);
        }
    }

    private static Packet.Builder headerOf(Packet packet) {
        Packet.Builder header = Packet.builder(packet.type())
                .clock(packet.clock())
                .hops(packet.hops())
                .ttl(packet.ttl());
        for (Field field : List.of(
                Field.CLUSTER,
                Field.SUBCLUSTER,
                Field.PREVIOUS,
                Field.USR1,
                Field.USR2,
                Field.USR3,
                Field.USR4,
                Field.SIG)) {
            header.set(field, packet.copy(field));
        }
        return header;
    }
}

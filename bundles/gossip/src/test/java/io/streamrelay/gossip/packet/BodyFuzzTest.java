// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Any bytes are a body that writes what it read, or malformed. An input's first byte is the packet's type; a publish
 * or stream is a head.
 */
class BodyFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void body(byte[] input) {
        PacketType type = input.length == 0 ? null : PacketType.ofWire(input[0]);
        if (type == null || input.length - 1 > Field.MESSAGE.maxBytes()) {
            return;
        }
        Packet packet = Packet.builder(type)
                .index(0)
                .message(Arrays.copyOfRange(input, 1, input.length))
                .build();
        Body body = Body.of(packet);
        if (!(body instanceof Malformed)) {
            RoundTrip.assertWritesWhatItRead(packet, body);
        }
    }

    @Test
    void beginsWithBodiesOfTheReference() throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        Vectors.elements(Vectors.readOwn("packets.json"))
                .map(vector -> Vectors.packet(Vectors.bytes(vector.get("bytes"))))
                .filter(BodyFuzzTest::isJson)
                .forEach(packet -> seeds.merge(
                        packet.type().name().toLowerCase(Locale.ROOT), input(packet), BodyFuzzTest::longer));
        Corpus.assertHolds(BodyFuzzTest.class, "body", seeds);
    }

    private static boolean isJson(Packet packet) {
        return switch (packet.type()) {
            case PUBLISH, STREAM -> packet.index() == 0;
            case SYNC -> false;
            default -> true;
        };
    }

    private static byte[] input(Packet packet) {
        byte[] message = packet.copy(Field.MESSAGE);
        byte[] input = new byte[1 + message.length];
        input[0] = (byte) packet.type().wire();
        System.arraycopy(message, 0, input, 1, message.length);
        return input;
    }

    /** The longest body says the most. */
    private static byte[] longer(byte[] one, byte[] other) {
        return other.length > one.length ? other : one;
    }
}

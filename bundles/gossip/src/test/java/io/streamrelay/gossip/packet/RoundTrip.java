// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What was read, written, and read again says the same. */
final class RoundTrip {

    private RoundTrip() {}

    static void assertDecodesAlike(Packet packet) {
        assertTrue(packet.size() <= Packet.MAX_BYTES);
        assertArrayEquals(packet.bytes(), Vectors.packet(packet.bytes()).bytes());
    }

    /** @param body what {@link Body#of} made of the packet, and not malformed */
    static void assertWritesWhatItRead(Packet packet, Body body) {
        if (body instanceof Summary summary) {
            assertArrayEquals(packet.copy(Field.MESSAGE), summary.encode());
        } else if (body instanceof Inventory inventory) {
            assertArrayEquals(packet.copy(Field.MESSAGE), inventory.encode());
        } else if (!(body instanceof Head || body instanceof QueryBody || body instanceof Opaque)) {
            Packet again = Packet.builder(packet.type()).message(json(body)).build();
            assertEquals(body, assertInstanceOf(body.getClass(), Body.of(again)));
        }
    }

    private static byte[] json(Body body) {
        if (body instanceof Ping ping) {
            return ping.toJson();
        } else if (body instanceof Pong pong) {
            return pong.toJson();
        } else if (body instanceof Intro intro) {
            return intro.toJson();
        } else if (body instanceof Join join) {
            return join.toJson();
        }
        throw new AssertionError("nobody writes " + body);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BodyVectorTest {

    static Stream<Packet> controlPackets() {
        return Vectors.controlPackets().stream();
    }

    @ParameterizedTest
    @MethodSource("controlPackets")
    void readsAndWritesTheSameKeysAndValues(Packet packet) {
        byte[] original = packet.copy(Field.MESSAGE);
        byte[] written = toJson(Body.of(packet));
        assertEquals(Vectors.withoutFalse(original), Vectors.withoutFalse(written));
    }

    /** The reference's own senders made these, so that the order of the keys is theirs too. */
    static Stream<Packet> asSentByTheReference() {
        return Vectors.elements(Vectors.read("deterministic.json").get("packets"))
                .map(vector -> Vectors.packet(Vectors.bytes(vector.get("hex"))))
                .filter(packet -> !(Body.of(packet) instanceof Opaque));
    }

    @ParameterizedTest
    @MethodSource("asSentByTheReference")
    void writesTheSameBytes(Packet packet) {
        assertArrayEquals(packet.copy(Field.MESSAGE), toJson(Body.of(packet)));
    }

    @Test
    void readsTheHeadOfAFragmentedMessage() {
        JsonNode packets = Vectors.read("deterministic.json").get("packets");
        JsonNode vector = packets.get("publish.fragment.0");
        Head head = assertInstanceOf(Head.class, Body.of(Vectors.packet(Vectors.bytes(vector.get("hex")))));
        JsonNode message = vector.get("message");
        assertEquals(message.get("size").intValue(), head.size());
        assertEquals(message.get("indexes").intValue(), head.indexes());
        assertEquals(message.get("ts").longValue(), head.ts());
        assertEquals(message.get("meta").toString(), head.meta());
    }

    private static byte[] toJson(Body body) {
        if (body instanceof Ping ping) {
            return ping.toJson();
        }
        if (body instanceof Pong pong) {
            return pong.toJson();
        }
        if (body instanceof Intro intro) {
            return intro.toJson();
        }
        if (body instanceof Join join) {
            return join.toJson();
        }
        if (body instanceof Head head) {
            return head.toJson();
        }
        if (body instanceof QueryBody query) {
            return query.toJson();
        }
        return assertInstanceOf(Summary.class, body).encode();
    }
}

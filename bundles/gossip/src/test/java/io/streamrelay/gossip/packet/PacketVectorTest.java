// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketVectorTest {

    private static final Map<Field, String> NAMES = new EnumMap<>(Map.of(
            Field.CLUSTER, "clusterId",
            Field.SUBCLUSTER, "subclusterId",
            Field.PREVIOUS, "previousId",
            Field.PACKET, "packetId",
            Field.NEXT, "nextId",
            Field.USR1, "usr1",
            Field.USR2, "usr2",
            Field.USR3, "usr3",
            Field.USR4, "usr4",
            Field.SIG, "sig"));

    static Stream<JsonNode> vectors() {
        return Vectors.elements(Vectors.read("packets.json"));
    }

    static Stream<JsonNode> deterministic() {
        return Vectors.elements(Vectors.read("deterministic.json").get("packets"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @Tag("case-1")
    void decodesToTheSameFields(JsonNode vector) {
        Packet packet = Vectors.packet(Vectors.bytes(vector.get("bytes")));
        JsonNode fields = vector.get("fields");
        assertEquals(fields.get("type").intValue(), packet.type().wire());
        assertEquals(fields.get("version").intValue(), Packet.VERSION);
        assertEquals(fields.get("clock").longValue(), packet.clock());
        assertEquals(fields.get("hops").intValue(), packet.hops());
        assertEquals(fields.get("index").intValue(), packet.index());
        assertEquals(fields.get("ttl").longValue(), packet.ttl());
        NAMES.forEach((field, name) ->
                assertEquals(fields.get(name).textValue(), Vectors.HEX.formatHex(packet.copy(field)), name));
        assertArrayEquals(message(fields), packet.copy(Field.MESSAGE));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @Tag("case-1")
    void encodesToTheSameBytes(JsonNode vector) {
        Packet packet = builder(vector.get("fields"))
                .set(Field.PACKET, Vectors.bytes(vector.get("fields").get("packetId")))
                .build();
        assertArrayEquals(Vectors.bytes(vector.get("bytes")), packet.bytes());
        assertEquals(packet.bytes().length, packet.size());
    }

    @ParameterizedTest
    @MethodSource("withDigestIds")
    @Tag("case-1")
    void makesTheSamePacketIds(JsonNode vector) {
        assertArrayEquals(
                Vectors.bytes(vector.get("bytes")),
                builder(vector.get("fields")).build().bytes());
    }

    /** Those whose id the reference made from the content; the others were given one. */
    static Stream<JsonNode> withDigestIds() {
        return vectors()
                .filter(vector -> vector.get("fields").get("message").has("json")
                        || vector.get("note").textValue().endsWith("no packetId"));
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void decodesWhatTheReferenceSends(JsonNode vector) {
        byte[] bytes = Vectors.bytes(vector.get("hex"));
        Packet packet = Vectors.packet(bytes);
        assertEquals(vector.get("length").intValue(), packet.size());
        assertEquals(vector.get("packetId").textValue(), packet.packetId().hex());
        JsonNode message = vector.get("message");
        assertArrayEquals(
                message.isTextual() ? Vectors.bytes(message) : Vectors.json(message), packet.copy(Field.MESSAGE));
    }

    private static Packet.Builder builder(JsonNode fields) {
        Packet.Builder builder = Packet.builder(
                        PacketType.ofWire(fields.get("type").intValue()))
                .clock(fields.get("clock").longValue())
                .hops(fields.get("hops").intValue())
                .index(fields.get("index").intValue())
                .ttl(fields.get("ttl").longValue())
                .message(message(fields));
        NAMES.forEach((field, name) -> {
            if (field != Field.PACKET) {
                builder.set(field, Vectors.bytes(fields.get(name)));
            }
        });
        return builder;
    }

    private static byte[] message(JsonNode fields) {
        JsonNode message = fields.get("message");
        return message.has("json") ? Vectors.json(message.get("json")) : Vectors.bytes(message.get("hex"));
    }
}

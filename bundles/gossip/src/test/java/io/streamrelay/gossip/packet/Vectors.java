// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The conformance vectors: the folder that the system property {@code srp.vectors} names. */
final class Vectors {

    static final HexFormat HEX = HexFormat.of();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Vectors() {}

    static JsonNode read(String file) {
        try {
            return MAPPER.readTree(
                    Path.of(System.getProperty("srp.vectors"), file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's own copy, whatever the system property names: what is made of it does not change. */
    static JsonNode readOwn(String file) {
        try {
            return MAPPER.readTree(Vectors.class.getResource("/vectors/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static byte[] bytes(JsonNode hex) {
        return HEX.parseHex(hex.textValue());
    }

    static Packet packet(byte[] datagram) {
        if (Packet.decode(datagram) instanceof Packet packet) {
            return packet;
        }
        throw new AssertionError("not a packet: " + HEX.formatHex(datagram));
    }

    /** The packets of {@code packets.json} and {@code deterministic.json}, with what is said of their bodies. */
    static List<Packet> controlPackets() {
        Stream<Packet> first = elements(read("packets.json")).map(vector -> packet(bytes(vector.get("bytes"))));
        Stream<Packet> second =
                elements(read("deterministic.json").get("packets")).map(vector -> packet(bytes(vector.get("hex"))));
        return Stream.concat(first, second)
                .filter(packet -> packet.type().compareTo(PacketType.PUBLISH) < 0)
                .toList();
    }

    /** Writes a tree compactly, its keys in their order. */
    static byte[] json(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an object; keys that say false are left out, for that is what their absence says too. */
    static JsonNode withoutFalse(byte[] json) {
        try {
            ObjectNode object = (ObjectNode) MAPPER.readTree(json);
            List<String> negated = new ArrayList<>();
            object.properties().stream()
                    .filter(entry ->
                            entry.getValue().isBoolean() && !entry.getValue().booleanValue())
                    .forEach(entry -> negated.add(entry.getKey()));
            return object.remove(negated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.crypto.BouncyKeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of the format, fixed for ever: an envelope in some gateway's store must be readable after an update. */
class EnvelopeGoldenTest {

    private static final HexFormat HEX = HexFormat.of();

    private final KeyRing keys = new BouncyKeyRing();

    static Stream<JsonNode> envelopes() throws IOException {
        try (InputStream file = EnvelopeGoldenTest.class.getResourceAsStream("envelopes.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void readsTheGoldenBytes(JsonNode golden) {
        Id subcluster = Id.ofHex(golden.get("subcluster").asText());
        EnvelopeResult result =
                new EnvelopeReader(keys).read(HEX.parseHex(golden.get("bytes").asText()), subcluster);
        Envelope read = assertInstanceOf(Envelope.class, result);
        Envelope expected = envelope(golden);
        assertEquals(expected.sender(), read.sender());
        assertEquals(expected.epoch(), read.epoch());
        assertEquals(expected.sequence(), read.sequence());
        assertEquals(expected.wallMs(), read.wallMs());
        assertEquals(expected.uncertaintyMs(), read.uncertaintyMs());
        assertEquals(expected.ageMs(), read.ageMs());
        assertEquals(expected.lifetimeMs(), read.lifetimeMs());
        assertEquals(expected.messages().size(), read.messages().size());
        for (int i = 0; i < expected.messages().size(); i++) {
            assertSame(expected.messages().get(i), read.messages().get(i));
        }
    }

    /** Deflated bytes may differ from one zlib to the next; all others may not. */
    @ParameterizedTest
    @MethodSource("envelopes")
    void writesTheGoldenBytes(JsonNode golden) {
        byte[] bytes = HEX.parseHex(golden.get("bytes").asText());
        if (bytes[EnvelopeFormat.FLAGS_AT] == 0) {
            EnvelopeWriter writer = new EnvelopeWriter(
                    keys.signingKey(HEX.parseHex(golden.get("seed").asText())));
            assertArrayEquals(
                    bytes,
                    writer.write(
                            envelope(golden), Id.ofHex(golden.get("subcluster").asText())));
        }
    }

    private Envelope envelope(JsonNode golden) {
        List<Message> messages = new ArrayList<>();
        golden.get("messages").forEach(message -> messages.add(message(message)));
        return new Envelope(
                keys.signingKey(HEX.parseHex(golden.get("seed").asText())).publicKey(),
                golden.get("epoch").asLong(),
                golden.get("sequence").asLong(),
                golden.get("wallMs").asLong(),
                golden.get("uncertaintyMs").asLong(),
                golden.get("ageMs").asLong(),
                golden.get("lifetimeMs").asLong(),
                messages);
    }

    private static Message message(JsonNode node) {
        List<Message.Property> properties = new ArrayList<>();
        node.get("properties")
                .forEach(pair -> properties.add(
                        new Message.Property(pair.get(0).asText(), pair.get(1).asText())));
        return new Message(
                node.get("topic").asText(),
                HEX.parseHex(node.get("payload").asText()),
                node.get("qos").asInt(),
                node.get("retained").asBoolean(),
                node.get("contentType").isNull()
                        ? null
                        : node.get("contentType").asText(),
                properties);
    }

    private static void assertSame(Message expected, Message read) {
        assertEquals(expected.topic(), read.topic());
        assertArrayEquals(expected.payload(), read.payload());
        assertEquals(expected.qos(), read.qos());
        assertEquals(expected.retained(), read.retained());
        assertEquals(expected.contentType(), read.contentType());
        assertEquals(expected.properties(), read.properties());
    }
}

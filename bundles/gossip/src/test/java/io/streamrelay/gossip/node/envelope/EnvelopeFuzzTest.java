// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a member signs is an envelope that is written as it was read, or a bad one. */
class EnvelopeFuzzTest {

    private static final Id SUBCLUSTER = Id.ofHex("11".repeat(32));

    private final EnvelopeReader reader = new EnvelopeReader(new TrustingKeyRing());

    @FuzzTest(maxDuration = "1m")
    void envelope(byte[] bytes) throws IOException {
        if (reader.read(bytes, SUBCLUSTER) instanceof Envelope envelope) {
            byte[] written = EnvelopeBody.encode(envelope);
            assertArrayEquals(written, EnvelopeBody.encode(EnvelopeBody.decode(envelope.sender(), written)));
        }
    }

    @Test
    void beginsWithTheGoldenEnvelopes() throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        for (JsonNode golden : EnvelopeGoldenTest.envelopes().toList()) {
            byte[] bytes = HexFormat.of().parseHex(golden.get("bytes").asText());
            seeds.put("golden-" + seeds.size(), bytes);
        }
        Corpus.assertHolds(EnvelopeFuzzTest.class, "envelope", seeds);
    }
}

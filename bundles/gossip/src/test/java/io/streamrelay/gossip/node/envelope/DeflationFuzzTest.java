// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever is inflated stays within its limit, and whatever is deflated comes back. */
class DeflationFuzzTest {

    private static final int BYTES_MAX = 10_000;

    @FuzzTest(maxDuration = "1m")
    void deflation(byte[] bytes) {
        byte[] inflated = Deflation.inflate(bytes, BYTES_MAX);
        assertTrue(inflated == null || inflated.length <= BYTES_MAX);
        assertArrayEquals(bytes, Deflation.inflate(Deflation.deflate(bytes), bytes.length));
    }

    @Test
    void beginsWithWhatIsDeflatedInTheGoldenEnvelopes() throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        for (JsonNode golden : EnvelopeGoldenTest.envelopes().toList()) {
            byte[] bytes = HexFormat.of().parseHex(golden.get("bytes").asText());
            if (bytes[EnvelopeFormat.FLAGS_AT] == EnvelopeFormat.FLAG_DEFLATED) {
                seeds.put("golden-" + seeds.size(), Arrays.copyOfRange(bytes, EnvelopeFormat.BODY_AT, bytes.length));
            }
        }
        Corpus.assertHolds(DeflationFuzzTest.class, "deflation", seeds);
    }
}

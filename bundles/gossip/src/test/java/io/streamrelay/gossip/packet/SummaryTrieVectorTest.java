// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.Id;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryTrieVectorTest {

    static Stream<JsonNode> summaries() {
        return Vectors.elements(Vectors.read("summaries.json"));
    }

    @ParameterizedTest
    @MethodSource("summaries")
    @Tag("case-31")
    void summarisesTheSameIdsTheSame(JsonNode vector) {
        assertSummary(
                vector, vector.get("encoded"), trie(vector.get("packetIds")).summary(prefix(vector)));
    }

    @Test
    @Tag("case-31")
    void summarisesTheDeterministicCacheTheSame() {
        JsonNode vectors = Vectors.read("deterministic.json").get("summary");
        SummaryTrie trie = trie(vectors.get("keys"));
        assertSummary(vectors.get("summary"), vectors.get("encoded"), trie.summary(""));
        JsonNode prefixed = vectors.get("prefixed");
        assertEncodes(prefixed.get("encoded"), trie.summary(prefix(prefixed)));
        assertEncodes(vectors.get("empty"), new SummaryTrie().summary(""));
    }

    private static void assertSummary(JsonNode expected, JsonNode encoded, Summary summary) {
        assertEquals(prefix(expected), summary.prefix());
        assertEquals(expected.get("hash").textValue(), Vectors.HEX.formatHex(summary.hash()));
        for (int digit = 0; digit < Summary.BUCKETS; digit++) {
            byte[] bucket = summary.buckets()[digit];
            assertEquals(
                    expected.get("buckets").get(digit).textValue(),
                    bucket == null ? null : Vectors.HEX.formatHex(bucket));
        }
        assertEncodes(encoded, summary);
    }

    private static void assertEncodes(JsonNode expected, Summary summary) {
        assertEquals(expected.textValue(), Vectors.HEX.formatHex(summary.encode()));
    }

    private static String prefix(JsonNode vector) {
        return vector.get("prefix").textValue();
    }

    private static SummaryTrie trie(JsonNode ids) {
        SummaryTrie trie = new SummaryTrie();
        ids.forEach(id -> trie.insert(Id.ofHex(id.textValue())));
        return trie;
    }
}

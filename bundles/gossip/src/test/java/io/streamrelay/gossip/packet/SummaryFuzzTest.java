// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Any bytes are a summary that is written as it was read, and that a trie can answer, or malformed. */
class SummaryFuzzTest {

    private static final int SEEDS = 6;

    @FuzzTest(maxDuration = "1m")
    void summary(byte[] bytes) {
        if (Summary.decode(bytes) instanceof Summary summary) {
            assertArrayEquals(bytes, summary.encode());
            SummaryTrie trie = new SummaryTrie();
            trie.insert(Samples.REQUESTER);
            trie.insert(Samples.RESPONDER);
            assertEquals(summary.prefix(), trie.summary(summary.prefix()).prefix());
            trie.ids(summary.prefix());
        }
    }

    @Test
    void beginsWithSummariesOfTheReference() throws IOException {
        Map<String, byte[]> seeds = new TreeMap<>();
        JsonNode vectors = Vectors.readOwn("summaries.json");
        int step = vectors.size() / SEEDS;
        for (int i = 0; i < SEEDS; i++) {
            JsonNode vector = vectors.get(i * step);
            seeds.put("prefix-" + vector.get("prefix").textValue() + "-" + i, Vectors.bytes(vector.get("encoded")));
        }
        seeds.put("of-one-packet", Summary.holding(Samples.REQUESTER).encode());
        Corpus.assertHolds(SummaryFuzzTest.class, "summary", seeds);
    }
}

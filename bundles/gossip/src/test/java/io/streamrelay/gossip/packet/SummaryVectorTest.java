// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryVectorTest {

    static Stream<JsonNode> summaries() {
        return Vectors.elements(Vectors.read("summaries.json"));
    }

    @ParameterizedTest
    @MethodSource("summaries")
    @Tag("case-31")
    void decodesWhatTheReferenceSends(JsonNode vector) {
        Summary summary = assertInstanceOf(Summary.class, Summary.decode(Vectors.bytes(vector.get("encoded"))));
        assertEquals(vector.get("prefix").textValue(), summary.prefix());
        assertEquals(vector.get("hash").textValue(), Vectors.HEX.formatHex(summary.hash()));
        for (int digit = 0; digit < Summary.BUCKETS; digit++) {
            JsonNode expected = vector.get("buckets").get(digit);
            if (expected.isNull()) {
                assertNull(summary.buckets()[digit]);
            } else {
                assertEquals(expected.textValue(), Vectors.HEX.formatHex(summary.buckets()[digit]));
            }
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cluster ids and event ids are those that the reference makes of the same texts. */
class IdsVectorTest {

    static Stream<JsonNode> keys() throws IOException {
        Path file = Path.of(System.getProperty("srp.vectors"), "keys.json");
        return StreamSupport.stream(new ObjectMapper().readTree(file.toFile()).spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("keys")
    @Tag("case-3")
    void idsAreTheDigestsOfTheirTexts(JsonNode vector) {
        String text = vector.get("seedText").textValue();
        assertEquals(
                vector.get("clusterId").textValue(), NodeConfig.clusterId(text).hex());
        assertEquals(vector.get("eventId").textValue(), EventIds.of(text).hex());
    }
}

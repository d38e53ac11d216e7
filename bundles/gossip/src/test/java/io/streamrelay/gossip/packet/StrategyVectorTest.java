// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrategyVectorTest {

    private static final Map<String, Strategy> BY_NAME = Map.of(
            "STRATEGY_DIRECT_CONNECT", Strategy.DIRECT,
            "STRATEGY_DEFER", Strategy.DEFER,
            "STRATEGY_TRAVERSAL_OPEN", Strategy.TRAVERSAL_OPEN,
            "STRATEGY_TRAVERSAL_CONNECT", Strategy.TRAVERSAL_CONNECT,
            "STRATEGY_PROXY", Strategy.PROXY);

    static Stream<JsonNode> pairs() {
        return Vectors.elements(Vectors.read("nat.json").get("strategy"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @Tag("case-26")
    void choosesWhatTheReferenceChooses(JsonNode pair) {
        assertEquals(
                BY_NAME.get(pair.get("strategy").textValue()),
                Strategy.between(pair.get("a").intValue(), pair.get("b").intValue()));
    }
}

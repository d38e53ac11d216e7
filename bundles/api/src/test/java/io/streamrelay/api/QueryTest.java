// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static void assertRefused(String key, Runnable attempt) {
        String message =
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
        assertEquals(key, message.substring(0, message.indexOf(':')));
    }

    @Test
    void bodyFitsOnePacket() {
        Query.of(new byte[Query.BODY_BYTES_MAX]);
        assertRefused("body", () -> Query.of(new byte[Query.BODY_BYTES_MAX + 1]));
        assertRefused("body", () -> Query.of(""));
    }

    /** protocol-v6 D37: a reference peer ends on it. */
    @ParameterizedTest
    @ValueSource(strings = {"null", " null\n"})
    void bodyIsNotTheValueNull(String text) {
        assertRefused("body", () -> Query.of(text));
    }

    @Test
    void patienceAndAnswersHaveTheirRanges() {
        Query query = Query.of("{}");
        query.within(Duration.ofMillis(10))
                .within(Duration.ofSeconds(30))
                .enough(1)
                .enough(64);
        assertRefused("patience", () -> query.within(Duration.ofMillis(9)));
        assertRefused("patience", () -> query.within(Duration.ofMillis(30_001)));
        assertRefused("answersMax", () -> query.enough(0));
        assertRefused("answersMax", () -> query.enough(65));
    }

    @Test
    void asksForAPacketAsTheReferenceUnderstands() {
        Id id = Id.ofHex("0a".repeat(32));
        String body = new String(Query.forPacket(id).body(), StandardCharsets.US_ASCII);
        assertEquals("{\"packetId\":\"" + id.hex() + "\"}", body);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

    /** The examples of MQTT 5, section 4.7, and the edges around them. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/tennis/player1/#, sport/tennis/player10, false",
        "sport/#, sport, true",
        "#, anything/at/all, true",
        "#, /, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "+/tennis/#, sport/tennis, true",
        "a/b, a/b, true",
        "a/b, a/B, false",
        "a/b, a/b/, false",
        "#, $SYS/uptime, false",
        "+/uptime, $SYS/uptime, false",
        "$SYS/#, $SYS/uptime, true",
        "$SYS/+, $SYS/uptime, true",
    })
    void matchesAsMqttSays(String filter, String topic, boolean matches) {
        assertEquals(matches, TopicFilter.matches(filter, topic));
    }

    @ParameterizedTest
    @CsvSource({
        "#, a/+/b, true",
        "a/#, a, true",
        "a/#, a/#, true",
        "a/#, #, false",
        "a/+, a/b, true",
        "a/+, a/+, true",
        "a/+, a/#, false",
        "a/b, a/+, false",
        "#, $SYS/#, false",
        "+/#, #, false",
    })
    void coversWhatIsNarrower(String filter, String narrower, boolean covers) {
        assertEquals(covers, TopicFilter.covers(filter, narrower));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "a/#", "a/+/b", "/", "a//b", "+/+/#"})
    void acceptsFilters(String filter) {
        assertTrue(TopicFilter.isFilter(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "#/a", "a/#/b", "a+/b", "a/b+", "a\0b"})
    void refusesWhatIsNoFilter(String filter) {
        assertFalse(TopicFilter.isFilter(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#", "+", "a\0b"})
    void refusesWhatIsNoTopic(String topic) {
        assertFalse(TopicFilter.isTopic(topic));
    }

    @Test
    void refusesWhatIsLongerThanMqttCanSay() {
        assertTrue(TopicFilter.isTopic("x".repeat(65535)));
        assertFalse(TopicFilter.isTopic("x".repeat(65536)));
        assertFalse(TopicFilter.isTopic("ä".repeat(32768)));
    }

    @ParameterizedTest
    @CsvSource({
        "a/#, a/b, true",
        "a/#, a, true",
        "a, a/#, true",
        "a/+, +/b, true",
        "+/b/#, a/+, true",
        "#, x, true",
        "a/b, a/c, false",
        "a/+, a, false",
        "a/+/c, a/b, false",
        "a/#, b/#, false"
    })
    void knowsFiltersThatShareTopics(String one, String other, boolean overlap) {
        assertEquals(overlap, TopicFilter.overlap(one, other));
        assertEquals(overlap, TopicFilter.overlap(other, one));
    }
}

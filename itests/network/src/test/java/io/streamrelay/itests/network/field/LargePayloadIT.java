// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Reader.Reading;
import io.streamrelay.itests.karaf.process.Sensor;
import io.streamrelay.itests.network.lab.NeedsLab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What one message may hold, from one gateway's broker to the other's: 1 MB comes byte for byte; what is larger is left
 * out whole, and who published it can read why in the log and at the broker.
 */
@NeedsLab
@Execution(ExecutionMode.CONCURRENT)
class LargePayloadIT {

    private static final int LARGE_BYTES = 1_000_000;
    private static final int TOO_LARGE_BYTES = 1_100_000;
    private static final List<String> TOO_LARGE_TOPICS = List.of("field/five/camera/1", "field/five/camera/2");

    /** What the envelope format has for a message. */
    private static final String LIMIT = "1052364 bytes";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @Test
    void aMegabyteComesWholeAndWhatIsLargerIsLeftOutWholeAndSaysWhy() throws Exception {
        try (Neighbours both = Neighbours.open("large");
                Sensor sensor = new Sensor(both.here().brokerUrl());
                Reader reader = both.there().reader(Neighbours.TOPICS);
                Reader states =
                        both.here().reader("streamrelay/status/" + both.here().id() + "/#")) {
            byte[] large = random(LARGE_BYTES);
            sensor.publish(Neighbours.TOPIC, large, false);
            assertNext(reader, Neighbours.TOPIC, large);

            for (String topic : TOO_LARGE_TOPICS) {
                // The broker acknowledges it, and so does the bridge, which leaves it out: the others must go on.
                sensor.publish(topic, random(TOO_LARGE_BYTES), false);
                JsonNode refused = awaitRefused(states, topic);
                assertEquals(TOO_LARGE_BYTES, refused.get("bytes").asInt());
                assertTrue(refused.get("reason").asText().contains(LIMIT), refused::toString);
            }
            byte[] ordinary = "21.5".getBytes(StandardCharsets.UTF_8);
            sensor.publish(Neighbours.TOPIC, ordinary, false);
            assertNext(reader, Neighbours.TOPIC, ordinary);
            assertEquals(List.of(), topics(reader.takeUntilQuiet(QUIET)), "nothing of what is too large");
            for (String topic : TOO_LARGE_TOPICS) {
                assertTold(both.here(), topic);
            }
        }
    }

    private static byte[] random(int bytes) {
        byte[] payload = new byte[bytes];
        new Random(bytes).nextBytes(payload);
        return payload;
    }

    private static void assertNext(Reader reader, String topic, byte[] payload) throws InterruptedException {
        List<Reading> next = reader.take(1, PATIENCE);
        assertEquals(List.of(topic), topics(next));
        assertArrayEquals(payload, next.get(0).payload());
    }

    private static List<String> topics(List<Reading> readings) {
        return readings.stream().map(Reading::topic).toList();
    }

    private static JsonNode awaitRefused(Reader states, String topic) throws InterruptedException, IOException {
        while (true) {
            List<Reading> told = states.take(1, PATIENCE);
            assertFalse(told.isEmpty(), () -> "the state does not tell of " + topic);
            JsonNode refused = JSON.readTree(told.get(0).payload()).path("lastRefused");
            if (refused.path("topic").asText().equals(topic)) {
                return refused;
            }
        }
    }

    private static void assertTold(PlainGateway gateway, String topic) throws IOException {
        List<String> lines = Files.readAllLines(gateway.log()).stream()
                .filter(line -> line.contains(topic))
                .toList();
        assertEquals(1, lines.size(), lines::toString);
        String line = lines.get(0);
        assertTrue(
                line.contains("too large") && line.contains(TOO_LARGE_BYTES + " bytes") && line.contains(LIMIT), line);
    }
}

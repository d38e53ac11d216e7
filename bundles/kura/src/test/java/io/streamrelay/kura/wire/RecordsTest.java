// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final Date AT = new Date(1_000_000);

    private static WireRecord wireRecord(Map<String, Object> values) {
        Map<String, TypedValue<?>> typed = new HashMap<>();
        values.forEach((name, value) -> typed.put(name, TypedValues.newTypedValue(value)));
        return new WireRecord(typed);
    }

    @Test
    void valuesAreMetrics() {
        Map<String, Object> values = Map.of("assetName", "boiler", "temperature", 21.5, "on", true, "n", 7L);
        KuraPayload payload = new Records("", true).payload(wireRecord(values), AT);
        assertEquals(values, payload.metrics());
        assertEquals(AT, payload.getTimestamp());
        assertNull(payload.getBody());
    }

    @Test
    void oneOfThemMayBeTheBody() {
        Records records = new Records("reading", true);
        KuraPayload text = records.payload(wireRecord(Map.of("reading", "21.5", "unit", "C")), AT);
        assertArrayEquals("21.5".getBytes(UTF_8), text.getBody());
        assertEquals(Map.of("unit", "C"), text.metrics());
        byte[] bytes = {1, 2};
        assertArrayEquals(
                bytes, records.payload(wireRecord(Map.of("reading", bytes)), AT).getBody());
        assertArrayEquals(
                "21.5".getBytes(UTF_8),
                records.payload(wireRecord(Map.of("reading", 21.5)), AT).getBody());
    }

    @Test
    void aValueThatIsMissingIsLeftOut() {
        Map<String, TypedValue<?>> typed = new HashMap<>();
        typed.put("none", null);
        assertEquals(
                Map.of(),
                new Records("", true).payload(new WireRecord(typed), AT).metrics());
    }

    @Test
    void metricsAreValuesWithTopicAndTime() {
        KuraPayload payload = new KuraPayload();
        payload.setTimestamp(AT);
        payload.setBody("21.5".getBytes(UTF_8));
        payload.addMetric("unit", "C");
        payload.addMetric("list", List.of("of no type that wires have"));
        payload.addMetric("nothing", null);
        assertEquals(
                Map.of("topic", "plant/boiler", "timestamp", 1_000_000L, "body", "21.5", "unit", "C"),
                Records.values(new Records("body", true).record("plant/boiler", payload)));
        Object body = Records.values(new Records("body", false).record("plant/boiler", payload))
                .get("body");
        assertArrayEquals("21.5".getBytes(UTF_8), (byte[]) body);
    }

    @Test
    void metricsComeBeforeWhatTheMessageSaysOfItself() {
        KuraPayload payload = new KuraPayload();
        payload.setTimestamp(AT);
        payload.addMetric("topic", "mine");
        assertEquals(
                Map.of("topic", "mine", "timestamp", 1_000_000L),
                Records.values(new Records("", true).record("plant/boiler", payload)));
    }
}

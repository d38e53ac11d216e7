// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;

/**
 * Wire records as Kura's payloads and back: values are metrics, but for one that is the body.
 *
 * @param body the name of the value that is the body; empty for none
 * @param text whether a body becomes a text, as opposed to bytes
 */
record Records(String body, boolean text) {

    /** What a record says of the message that brought it; values of these names come before them. */
    static final String TOPIC = "topic";

    /** In milliseconds since 1970. */
    static final String TIMESTAMP = "timestamp";

    /** Each value by its name, as the record has it. */
    static Map<String, Object> values(WireRecord record) {
        Map<String, Object> values = new HashMap<>();
        record.getProperties().forEach((name, value) -> {
            if (value != null && value.getValue() != null) {
                values.put(name, value.getValue());
            }
        });
        return values;
    }

    KuraPayload payload(WireRecord record, Date at) {
        KuraPayload payload = new KuraPayload();
        payload.setTimestamp(at);
        values(record).forEach((name, value) -> {
            if (!name.equals(body)) {
                payload.addMetric(name, value);
            } else {
                payload.setBody(
                        value instanceof byte[] bytes ? bytes : value.toString().getBytes(UTF_8));
            }
        });
        return payload;
    }

    /** Metrics of types that wires do not have are left out. */
    WireRecord record(String topic, KuraPayload payload) {
        Map<String, TypedValue<?>> values = new HashMap<>();
        put(values, TOPIC, topic);
        if (payload.getTimestamp() != null) {
            put(values, TIMESTAMP, payload.getTimestamp().getTime());
        }
        if (!body.isEmpty() && payload.getBody() != null) {
            put(values, body, text ? new String(payload.getBody(), UTF_8) : payload.getBody());
        }
        payload.metrics().forEach((name, value) -> put(values, name, value));
        return new WireRecord(values);
    }

    private static void put(Map<String, TypedValue<?>> values, String name, Object value) {
        try {
            values.put(name, TypedValues.newTypedValue(value));
        } catch (IllegalArgumentException | NullPointerException e) {
            // Of no type that wires have.
        }
    }
}

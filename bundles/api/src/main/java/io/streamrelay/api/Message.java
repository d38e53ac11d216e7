// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.List;
import java.util.Objects;

/**
 * One message as a broker would know it. The arrays are not copied: do not change them afterwards.
 *
 * @param topic the topic, or event name; at most 1,024 characters
 * @param payload any bytes; may be empty
 * @param qos the MQTT quality of service it was published with, 0 to 2
 * @param retained whether it was published as retained
 * @param contentType the MQTT 5 content type, or null
 * @param properties MQTT 5 user properties in their order
 */
public record Message(
        String topic, byte[] payload, int qos, boolean retained, String contentType, List<Property> properties) {

    /** A name and a value, as an MQTT 5 user property. */
    public record Property(String name, String value) {}

    /** The longest topic in characters; our own limit, well above what MQTT installations use. */
    public static final int TOPIC_CHARS_MAX = 1024;

    public Message {
        Objects.requireNonNull(payload, "payload");
        properties = List.copyOf(properties);
        if (topic.isEmpty() || topic.length() > TOPIC_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "topic: has " + topic.length() + " characters; 1 to " + TOPIC_CHARS_MAX + " are allowed");
        }
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("qos: " + qos + " is not 0, 1 or 2");
        }
    }

    /** QoS 1, not retained, nothing else. */
    public static Message of(String topic, byte[] payload) {
        return new Message(topic, payload, 1, false, null, List.of());
    }
}

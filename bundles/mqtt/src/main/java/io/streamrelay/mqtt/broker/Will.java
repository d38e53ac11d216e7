// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.nio.charset.StandardCharsets;

/**
 * What a broker publishes, retained, when a client goes without a word. A connection has but one.
 *
 * @param topic where
 * @param text what; empty to clear what is retained there
 */
public record Will(String topic, String text) {

    /** Clears a retained message. */
    public static Will clearing(String topic) {
        return new Will(topic, "");
    }

    byte[] payload() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

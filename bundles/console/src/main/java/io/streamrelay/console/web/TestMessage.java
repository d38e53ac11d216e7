// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

import io.streamrelay.api.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the page's form asks to be published.
 *
 * @param subcluster the local name
 * @param topic without wildcards
 * @param text the payload
 * @param qos 0 to 2
 */
record TestMessage(String subcluster, String topic, String text, int qos) {

    /** @throws RefusedRequest naming the field, its value and what is allowed */
    Message message() throws RefusedRequest {
        if (subcluster == null || subcluster.isEmpty()) {
            throw new RefusedRequest(400, "subcluster: it must be set");
        }
        if (topic == null || text == null) {
            throw new RefusedRequest(400, (topic == null ? "topic" : "text") + ": it must be set");
        }
        if (topic.chars().anyMatch(c -> c == '+' || c == '#' || Character.isISOControl(c))) {
            throw new RefusedRequest(400, "topic: '" + topic + "' is not allowed; one without +, # and controls is");
        }
        try {
            return new Message(topic, text.getBytes(StandardCharsets.UTF_8), qos, false, "text/plain", List.of());
        } catch (IllegalArgumentException e) {
            throw new RefusedRequest(400, e.getMessage());
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.api.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What tells a broker's clients that a message is not from now: user properties, where the broker speaks MQTT 5. */
final class Historical {

    /** The name of the property of a message that comes late; its value is {@code true}. */
    static final String NAME = "streamrelay-historical";

    /** The name of the property that says when a late message was emitted, as ISO 8601 in UTC. */
    static final String TIME = "streamrelay-time";

    /** From this age on a message is a late one: twice what restoring a sender's order may take. */
    static final long AGE_MS = 10_000;

    private Historical() {}

    /** The properties of a message, and whether it is late; what another gateway has said of it is replaced. */
    static List<Message.Property> marked(List<Message.Property> properties, Received received) {
        List<Message.Property> marked = new ArrayList<>(properties);
        marked.removeIf(
                property -> property.name().equals(NAME) || property.name().equals(TIME));
        if (received.ageMs() >= AGE_MS) {
            marked.add(new Message.Property(NAME, "true"));
            if (received.sentMs() > 0) {
                marked.add(new Message.Property(
                        TIME, Instant.ofEpochMilli(received.sentMs()).toString()));
            }
        }
        return marked;
    }
}

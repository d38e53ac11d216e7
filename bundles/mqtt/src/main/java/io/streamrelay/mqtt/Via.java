// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * The places that a message has passed, as user properties of one name, one for each place: subclusters, and brokers
 * that several bridges share. A message is never handed to a place that it has passed, so that no wiring of brokers
 * and subclusters makes a circle.
 */
final class Via {

    /** The name of the user property. */
    static final String NAME = "streamrelay-via";

    private Via() {}

    static boolean hasPassed(Message message, String place) {
        return message.properties().contains(new Message.Property(NAME, place));
    }

    /** The places that a message has passed, in their order. */
    static List<String> places(Message message) {
        return message.properties().stream()
                .filter(property -> property.name().equals(NAME))
                .map(Message.Property::value)
                .toList();
    }

    /** The same message, having passed these places. */
    static Message passed(Message message, List<String> places) {
        List<Message.Property> properties = new ArrayList<>(message.properties());
        places.forEach(place -> properties.add(new Message.Property(NAME, place)));
        return new Message(
                message.topic(),
                message.payload(),
                message.qos(),
                message.retained(),
                message.contentType(),
                properties);
    }

    /** The properties of a message, and one more place that it has passed. */
    static List<Message.Property> marked(Message message, String place) {
        List<Message.Property> properties = new ArrayList<>(message.properties());
        properties.add(new Message.Property(NAME, place));
        return properties;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The id that the gateway's own broker gives each publication (bundles/broker), as the last of its user properties. */
final class PublicationId {

    /** The name of the user property. */
    static final String NAME = "streamrelay-publication";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}-[0-9a-f]{1,16}");

    private PublicationId() {}

    /** Empty where the broker gives none. */
    static Optional<String> of(Message message) {
        List<Message.Property> properties = message.properties();
        return properties.isEmpty()
                ? Optional.empty()
                : Optional.of(properties.get(properties.size() - 1))
                        .filter(last -> last.name().equals(NAME)
                                && ID.matcher(last.value()).matches())
                        .map(Message.Property::value);
    }

    /** Without it: to other brokers it says nothing. */
    static List<Message.Property> without(List<Message.Property> properties) {
        return properties.stream()
                .filter(property -> !property.name().equals(NAME))
                .toList();
    }
}

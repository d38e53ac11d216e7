// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which messages a consumer wants.
 *
 * @param events names of raw events, exact
 * @param topics a test on the topics of enveloped messages
 */
public record Interest(Set<String> events, Predicate<String> topics) {

    public Interest {
        events = Set.copyOf(events);
        Objects.requireNonNull(topics, "topics");
    }

    /** Raw events of these names, nothing enveloped. */
    public static Interest inEvents(Set<String> events) {
        return new Interest(events, topic -> false);
    }

    /** Enveloped messages whose topic passes the test, nothing raw. */
    public static Interest inTopics(Predicate<String> topics) {
        return new Interest(Set.of(), topics);
    }

    /** Nothing at all. */
    public static Interest none() {
        return new Interest(Set.of(), topic -> false);
    }
}

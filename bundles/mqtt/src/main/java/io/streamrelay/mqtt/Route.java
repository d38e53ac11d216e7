// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a bridge's routes, in the way of mosquitto.conf:
 * {@code PATTERN out|in|both [QOS] [LOCAL_PREFIX [REMOTE_PREFIX]]}. The topic on the broker is the local prefix and
 * what the pattern matches; the topic in the mesh is the remote prefix and the same.
 *
 * @param pattern a topic filter
 * @param qos the highest QoS that messages are carried with, 0 to 2; with 2 those of QoS 1 are handed to the broker with 2, too
 * @param localPrefix may be empty
 * @param remotePrefix may be empty
 */
record Route(String pattern, Direction direction, int qos, String localPrefix, String remotePrefix) {

    /** What every message that speaks of the bridges themselves begins with; it stays on its broker. */
    static final String RESERVED = "streamrelay/";

    private static final int DEFAULT_QOS = 1;
    private static final String EMPTY_PREFIX = "\"\"";
    private static final String GRAMMAR = "PATTERN out|in|both [QOS] [LOCAL_PREFIX [REMOTE_PREFIX]]";

    Route {
        Objects.requireNonNull(direction, "direction");
        if (!TopicFilter.isFilter(localPrefix + pattern) || !TopicFilter.isFilter(remotePrefix + pattern)) {
            throw new IllegalArgumentException("'" + pattern + "' with its prefixes is not a topic filter of MQTT");
        }
        if (pattern.isEmpty() || hasWildcard(localPrefix) || hasWildcard(remotePrefix)) {
            throw new IllegalArgumentException("a pattern is needed, and prefixes have no wildcards");
        }
        if (isReserved(localPrefix + pattern) || isReserved(remotePrefix + pattern)) {
            throw new IllegalArgumentException("topics under $ and " + RESERVED + " are not routed");
        }
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Route parse(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length < 2 || words.length > 5) {
            throw new IllegalArgumentException("a route is written " + GRAMMAR);
        }
        boolean hasQos = words.length > 2 && words[2].matches("\\d");
        int prefixes = hasQos ? 3 : 2;
        if (words.length > prefixes + 2) {
            throw new IllegalArgumentException("a route is written " + GRAMMAR + ", where QOS is 0, 1 or 2");
        }
        int qos = hasQos ? Integer.parseInt(words[2]) : DEFAULT_QOS;
        if (qos > 2) {
            throw new IllegalArgumentException("a QoS is 0, 1 or 2");
        }
        return new Route(words[0], direction(words[1]), qos, prefix(words, prefixes), prefix(words, prefixes + 1));
    }

    private static Direction direction(String word) {
        for (Direction direction : Direction.values()) {
            if (direction.word().equalsIgnoreCase(word)) {
                return direction;
            }
        }
        throw new IllegalArgumentException("a direction is out, in or both, not '" + word + "'");
    }

    private static String prefix(String[] words, int index) {
        return index >= words.length || words[index].equals(EMPTY_PREFIX) ? "" : words[index];
    }

    static boolean hasWildcard(String text) {
        return text.indexOf('+') >= 0 || text.indexOf('#') >= 0;
    }

    private static boolean isReserved(String topic) {
        return topic.startsWith("$") || topic.startsWith(RESERVED);
    }

    /** What to subscribe to on the broker. */
    String localFilter() {
        return localPrefix + pattern;
    }

    /** Where a topic of the broker lies in the mesh, if this route leads there. */
    Optional<String> toMesh(String localTopic) {
        return direction.leadsOut() ? moved(localTopic, localPrefix, remotePrefix) : Optional.empty();
    }

    /** Where a topic of the mesh lies on the broker, if this route leads there. */
    Optional<String> toLocal(String meshTopic) {
        return direction.leadsIn() ? moved(meshTopic, remotePrefix, localPrefix) : Optional.empty();
    }

    private Optional<String> moved(String topic, String from, String to) {
        if (!topic.startsWith(from) || isReserved(topic)) {
            return Optional.empty();
        }
        String rest = topic.substring(from.length());
        String target = to + rest;
        return TopicFilter.isTopic(target) && !isReserved(target) && TopicFilter.matches(pattern, rest)
                ? Optional.of(target)
                : Optional.empty();
    }

    /** The line that {@link #parse} reads. */
    String text() {
        List<String> words = new ArrayList<>(List.of(pattern, direction.word(), Integer.toString(qos)));
        if (!localPrefix.isEmpty() || !remotePrefix.isEmpty()) {
            words.add(localPrefix.isEmpty() ? EMPTY_PREFIX : localPrefix);
        }
        if (!remotePrefix.isEmpty()) {
            words.add(remotePrefix);
        }
        return String.join(" ", words);
    }
}

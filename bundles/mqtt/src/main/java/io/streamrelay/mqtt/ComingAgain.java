// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a broker sends again over another connection, since it has not heard that it was taken. It is known by its name,
 * which has the packet identifier that a broker has to use again.
 *
 * <p>Artemis uses another one, and does not say that it repeats itself. But what was not acknowledged comes again for
 * certain, and before anything new of its topic (MQTT 3.1.1 section 4.6). Until all of that has come, whatever comes of
 * the topic and equals what was taken is a repetition. Of equal messages no more are known so than come for certain.
 */
final class ComingAgain<T extends ComingAgain.Taken> {

    /** A message that was taken. */
    interface Taken {

        SendName name();

        /** Null where the order of its topic says nothing of it. */
        String topic();

        /** Whether its acknowledgement has left; it may have got lost. */
        boolean isAcknowledged();
    }

    private final Map<SendName, T> byName = new HashMap<>();
    private final Map<String, Row> byTopic = new HashMap<>();

    /** The messages of one topic, some of which come again for certain. */
    private final class Row {

        private final Map<String, Deque<T>> certain = new HashMap<>();
        private final Map<String, Deque<T>> possible = new HashMap<>();

        private void add(T taken) {
            (taken.isAcknowledged() ? possible : certain)
                    .computeIfAbsent(taken.name().content(), content -> new ArrayDeque<>(1))
                    .addLast(taken);
        }

        private T find(String content) {
            Deque<T> equal = certain.containsKey(content) ? certain.get(content) : possible.get(content);
            return equal == null ? null : equal.peekFirst();
        }

        private void remove(T taken) {
            removeFrom(certain, taken);
            removeFrom(possible, taken);
        }

        private void removeFrom(Map<String, Deque<T>> all, T taken) {
            all.computeIfPresent(taken.name().content(), (content, equal) -> {
                equal.remove(taken);
                return equal.isEmpty() ? null : equal;
            });
        }
    }

    /** The connection has gone: what did not come again over it is still to come. */
    void add(Collection<T> taken) {
        Set<String> certain = new HashSet<>();
        for (T each : taken) {
            byName.put(each.name(), each);
            if (!each.isAcknowledged()) {
                certain.add(each.topic());
            }
        }
        byTopic.clear();
        byName.values().stream()
                .filter(each -> each.topic() != null && certain.contains(each.topic()))
                .forEach(each -> byTopic.computeIfAbsent(each.topic(), topic -> new Row())
                        .add(each));
    }

    /** What this message repeats, which does not come once more; or null. */
    T take(SendName name, String topic) {
        T found = byName.get(name);
        Row row = topic == null || name.isUnique() ? null : byTopic.get(topic);
        if (found == null && row != null) {
            found = row.find(name.content());
            if (found == null) {
                // The broker has gone on.
                byTopic.remove(topic);
            }
        }
        if (found != null) {
            remove(found);
        }
        return found;
    }

    private void remove(T taken) {
        byName.remove(taken.name(), taken);
        Row row = taken.topic() == null ? null : byTopic.get(taken.topic());
        if (row != null) {
            row.remove(taken);
            if (row.certain.isEmpty()) {
                byTopic.remove(taken.topic());
            }
        }
    }

    /** These were understood. */
    void removeIf(Predicate<T> understood) {
        byName.values().removeIf(understood);
    }

    /** Nothing comes again. */
    void clear() {
        byName.clear();
        byTopic.clear();
    }
}

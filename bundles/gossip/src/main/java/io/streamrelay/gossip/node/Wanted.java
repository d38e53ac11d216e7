// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer's interest, by the ids that packets carry. */
final class Wanted {

    /** Everything: of a consumer that has not come back yet after a restart, nobody knows what it wants. */
    static final Wanted EVERYTHING = new Wanted(Map.of(), topic -> true, true);

    private static final Logger LOG = LoggerFactory.getLogger(Wanted.class);

    private final Map<Id, String> events;
    private final Predicate<String> topics;
    private final boolean allEvents;

    private Wanted(Map<Id, String> events, Predicate<String> topics, boolean allEvents) {
        this.events = events;
        this.topics = topics;
        this.allEvents = allEvents;
    }

    static Wanted of(Interest interest) {
        Map<Id, String> events = interest.events().stream().collect(Collectors.toMap(EventIds::of, name -> name));
        return new Wanted(events, interest.topics(), false);
    }

    boolean wants(Arrival arrival) {
        if (arrival.isRaw()) {
            return allEvents || events.containsKey(arrival.event());
        }
        try {
            return topics.test(arrival.message().topic());
        } catch (RuntimeException e) {
            LOG.warn("a consumer's interest threw; it gets the message", e);
            return true;
        }
    }

    /** What a raw message's event is called, or null when this interest does not name it. */
    String nameOf(Id event) {
        return events.get(event);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How a node takes part in a subcluster.
 *
 * @param name the local name, as configuration and routes use it
 * @param key what its members share
 * @param senders the sender keys that are trusted; empty = every member
 * @param lifetime how long a message lives in the mesh, 1 s to 30 d ({@link #MAX_LIFETIME})
 * @param orderWait how long a message of another member waits here for those that it sent before, 0 to 30 d: 0 = all are
 *     handed over as they come; from the members' {@code lifetime} on none is handed over before its turn, as long as
 *     there is room
 */
public record SubclusterOptions(String name, SharedKey key, Set<Id> senders, Duration lifetime, Duration orderWait) {

    /** A guess: over a weekend and a technician's way there. Reference peers carry a message for 6 h to 12 h. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

    /** A guess: longer than a link in the field is down. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(30);

    /** A guess: some round trips of a repair by a neighbour over a slow link. */
    public static final Duration DEFAULT_ORDER_WAIT = Duration.ofSeconds(5);

    public SubclusterOptions {
        Objects.requireNonNull(key, "key");
        senders = Set.copyOf(senders);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: a subcluster needs a name, not '" + name + "'");
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not between 1 s and 30 d");
        }
        if (orderWait.isNegative() || orderWait.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("orderWait: " + orderWait + " is not between 0 and 30 d");
        }
    }

    /** With the default wait for messages that lack. */
    public SubclusterOptions(String name, SharedKey key, Set<Id> senders, Duration lifetime) {
        this(name, key, senders, lifetime, DEFAULT_ORDER_WAIT);
    }

    /** The same with another wait for messages that lack. */
    public SubclusterOptions waiting(Duration wait) {
        return new SubclusterOptions(name, key, senders, lifetime, wait);
    }

    /** Every member trusted, the default lifetime. */
    public static SubclusterOptions of(String name, SharedKey key) {
        return new SubclusterOptions(name, key, Set.of(), DEFAULT_LIFETIME);
    }
}

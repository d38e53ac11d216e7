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
 */
public record SubclusterOptions(String name, SharedKey key, Set<Id> senders, Duration lifetime) {

    /** A guess: over a weekend and a technician's way there. Reference peers carry a message for 6 h to 12 h. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

    /** A guess: longer than a link in the field is down. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(30);

    public SubclusterOptions {
        Objects.requireNonNull(key, "key");
        senders = Set.copyOf(senders);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: a subcluster needs a name, not '" + name + "'");
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not between 1 s and 30 d");
        }
    }

    /** Every member trusted, the default lifetime. */
    public static SubclusterOptions of(String name, SharedKey key) {
        return new SubclusterOptions(name, key, Set.of(), DEFAULT_LIFETIME);
    }
}

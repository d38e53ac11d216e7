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
 * @param lifetime how long a message lives in the mesh, 1 s to 6 h ({@link #MAX_LIFETIME})
 */
public record SubclusterOptions(String name, SharedKey key, Set<Id> senders, Duration lifetime) {

    /** The reference's CACHE_TTL. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofHours(6);

    /** No peer keeps a message for longer: the reference's CACHE_TTL. */
    public static final Duration MAX_LIFETIME = Duration.ofHours(6);

    public SubclusterOptions {
        Objects.requireNonNull(key, "key");
        senders = Set.copyOf(senders);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: a subcluster needs a name, not '" + name + "'");
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime: " + lifetime + " is not between 1 s and 6 h");
        }
    }

    /** Every member trusted, the default lifetime. */
    public static SubclusterOptions of(String name, SharedKey key) {
        return new SubclusterOptions(name, key, Set.of(), DEFAULT_LIFETIME);
    }
}

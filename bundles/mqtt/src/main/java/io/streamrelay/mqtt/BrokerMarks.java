// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The names of this broker among {@link Via}'s places. There is one, made up by the first bridge on it; when two begin
 * at one moment there are two, and all know both.
 */
final class BrokerMarks {

    private static final int BYTES = 8;
    private static final int KNOWN_MAX = 8;

    private final Set<String> known = new LinkedHashSet<>();
    private String latest;

    /** A bridge gave the broker this name; what does not look like a name is passed over. */
    void learn(String mark) {
        if (mark.length() == 2 * BYTES && (known.contains(mark) || known.size() < KNOWN_MAX)) {
            known.add(mark);
            latest = mark;
        }
    }

    /** A name for a broker that has none yet. */
    Optional<String> propose() {
        if (latest != null) {
            return Optional.empty();
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        learn(HexFormat.of().formatHex(random));
        return Optional.of(latest);
    }

    Optional<String> latest() {
        return Optional.ofNullable(latest);
    }

    Set<String> all() {
        return known;
    }
}

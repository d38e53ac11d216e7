// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What bridges have published on a broker that carries no marks, so that it is known again when the broker delivers
 * it: MQTT 3.1.1 sends a client its own publications, and has no place to write where they come from.
 */
final class UnmarkedPublications {

    /** How long a broker may take to deliver. Our own choice. */
    private static final long KEEP_MS = 60_000;

    private static final int MAX = 20_000;
    private static final int TOPICS_MAX = 10_000;

    private final Fingerprints own = new Fingerprints(KEEP_MS, MAX);
    private final Fingerprints others = new Fingerprints(KEEP_MS, MAX);
    private final Map<String, Fingerprint> lastOf = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fingerprint> eldest) {
            return size() > TOPICS_MAX;
        }
    };

    void addOwn(Fingerprint fingerprint, long nowMs) {
        own.add(fingerprint, nowMs);
    }

    /** Another bridge of this broker has said that it publishes this. */
    void addOthers(Fingerprint fingerprint, long nowMs) {
        others.add(fingerprint, nowMs);
    }

    /** Whether this delivery is the echo of a publication of this bridge. */
    boolean takeOwn(Fingerprint fingerprint, long nowMs) {
        return own.take(fingerprint, nowMs);
    }

    /** Whether this delivery is a publication of another bridge. */
    boolean takeOthers(Fingerprint fingerprint, long nowMs) {
        return others.take(fingerprint, nowMs);
    }

    /** Remembers what a topic has last carried, either way. */
    void passed(String localTopic, Fingerprint fingerprint) {
        lastOf.remove(localTopic);
        lastOf.put(localTopic, fingerprint);
    }

    /** Whether a retained message says what its topic has last carried. */
    boolean isOldNews(Message retained, Fingerprint fingerprint) {
        return fingerprint.equals(lastOf.get(retained.topic()));
    }
}

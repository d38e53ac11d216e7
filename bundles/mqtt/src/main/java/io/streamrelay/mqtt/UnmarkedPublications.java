// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What bridges have published on a broker that carries no marks, so that it is known again when the broker delivers
 * it: MQTT 3.1.1 sends a client its own publications, and has no place to write where they come from.
 */
final class UnmarkedPublications {

    /** How long a broker may take to deliver. Our own choice. */
    private static final long KEEP_MS = 60_000;

    private static final int MAX = 20_000;
    private static final int TOPICS_MAX = 10_000;

    private final AwaitedEchoes own = new AwaitedEchoes();
    private final Fingerprints others = new Fingerprints(KEEP_MS, MAX);
    private final Map<String, Fingerprint> lastOf = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fingerprint> eldest) {
            return size() > TOPICS_MAX;
        }
    };

    /** What this bridge publishes. */
    AwaitedEchoes own() {
        return own;
    }

    /** Another bridge of this broker has said that it publishes this. */
    void addOthers(Note note, long nowMs) {
        others.add(note.fingerprint(), note.places(), nowMs);
    }

    /** The places that this delivery has passed, when it is a publication of another bridge. */
    Optional<List<String>> takeOthers(Fingerprint fingerprint, long nowMs) {
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

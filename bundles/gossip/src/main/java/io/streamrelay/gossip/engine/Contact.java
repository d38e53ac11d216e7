// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;

/** An address that this node is trying to connect to. */
final class Contact {

    private final Endpoint endpoint;
    private final Id expected;
    private final boolean bootstrap;
    private final String pingId;
    private int attempts;
    private long dueMs;

    /**
     * @param expected the only peer that may answer, or null for any
     * @param bootstrap whether it is tried for ever
     * @param pingId what the answer has to repeat: nobody who has not got our ping can know it
     */
    Contact(Endpoint endpoint, Id expected, boolean bootstrap, String pingId) {
        this.endpoint = endpoint;
        this.expected = expected;
        this.bootstrap = bootstrap;
        this.pingId = pingId;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Id expected() {
        return expected;
    }

    String pingId() {
        return pingId;
    }

    boolean isExhausted() {
        return !bootstrap && attempts >= Timing.CONTACT_ATTEMPTS_MAX;
    }

    /** Whether this is the time of the latest attempt's deadline, not of one that was overtaken. */
    boolean isDue(long nowMs) {
        return nowMs - dueMs >= 0;
    }

    void due(long atMs) {
        dueMs = atMs;
    }

    /** Counts an attempt and tells how long to wait for its answer: 0.5 s, 1 s, 2 s, … up to the longest pause. */
    long nextPauseMs() {
        long pause = Timing.CONTACT_RETRY_MS << Math.min(attempts, 10);
        attempts++;
        return Math.min(pause, Timing.CONTACT_PAUSE_MAX_MS);
    }
}

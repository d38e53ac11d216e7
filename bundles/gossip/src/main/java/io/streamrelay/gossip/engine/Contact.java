// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;

/** An address that this node is trying to connect to. */
final class Contact {

    /** Why it is tried, which says for how long. */
    enum Reason {
        /** The configuration names it: for ever. */
        CONFIGURED,
        /** A peer was there: for as long as peers are few. */
        KNOWN,
        /** Somebody told of it: a few times. */
        HEARD_OF
    }

    private final Endpoint endpoint;
    private final Id expected;
    private final Reason reason;
    private final String pingId;
    private int attempts;
    private long dueMs;

    /**
     * @param expected the only peer that may answer, or null for any
     * @param pingId what the answer has to repeat: nobody who has not got our ping can know it
     */
    Contact(Endpoint endpoint, Id expected, Reason reason, String pingId) {
        this.endpoint = endpoint;
        this.expected = expected;
        this.reason = reason;
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

    /** Whether to give up. */
    boolean isExhausted(boolean peersAreFew) {
        return switch (reason) {
            case CONFIGURED -> false;
            case KNOWN -> attempts >= Timing.CONTACT_ATTEMPTS_MAX && !peersAreFew;
            case HEARD_OF -> attempts >= Timing.CONTACT_ATTEMPTS_MAX;
        };
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

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.time.Duration;

/** So many messages a second. */
record Rate(int perSecond) {

    private static final int PER_SECOND_MIN = 8;
    /** What is tried next when a rate did not hold for as long as it has to. */
    private static final double LESS = 0.9;
    /** How late the last may be published and arrive; what is later stood in a queue that grows. */
    private static final double LATE_SECONDS_MAX = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AFTERWARDS = Duration.ofMillis(500);

    Rate {
        if (perSecond < PER_SECOND_MIN) {
            throw new IllegalStateException(
                    "not even " + PER_SECOND_MIN + " messages a second arrive in time and without loss");
        }
    }

    Load during(int seconds) {
        return new Load(perSecond * seconds, perSecond, PATIENCE, AFTERWARDS);
    }

    /** Whether all came, and in time. */
    boolean isHeld(Outcome outcome) {
        double planned = (double) outcome.count() / perSecond;
        return outcome.isComplete()
                && outcome.publishingSeconds() <= planned + LATE_SECONDS_MAX
                && outcome.seconds() <= planned + LATE_SECONDS_MAX;
    }

    Rate less() {
        return new Rate((int) (LESS * perSecond));
    }

    String told(Outcome outcome) {
        return "%,d each second %s: %s".formatted(perSecond, isHeld(outcome) ? "hold" : "do not hold", outcome);
    }
}

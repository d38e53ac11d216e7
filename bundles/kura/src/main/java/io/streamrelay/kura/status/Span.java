// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.status;

/**
 * How long something took, for people.
 *
 * @param ms in milliseconds
 */
record Span(long ms) {

    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    /** In the largest unit that there are two of, rounded down. */
    String text() {
        if (ms < 2 * MINUTE_MS) {
            return ms / SECOND_MS + " s";
        }
        if (ms < 2 * HOUR_MS) {
            return ms / MINUTE_MS + " min";
        }
        return ms < 2 * DAY_MS ? ms / HOUR_MS + " h" : ms / DAY_MS + " days";
    }
}

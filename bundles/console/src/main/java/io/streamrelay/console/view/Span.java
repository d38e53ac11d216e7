// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.Locale;

/** A time or a size as a person reads it. */
public final class Span {

    private static final long SECOND_MS = 1000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long KIB = 1024;

    private Span() {}

    /** As {@code 4 s}, {@code 12 min}, {@code 3 h 5 min} or {@code 2 d 4 h}. */
    public static String time(long ms) {
        if (ms < MINUTE_MS) {
            return Math.max(0, ms) / SECOND_MS + " s";
        }
        if (ms < HOUR_MS) {
            return ms / MINUTE_MS + " min";
        }
        return ms < DAY_MS
                ? ms / HOUR_MS + " h " + ms % HOUR_MS / MINUTE_MS + " min"
                : ms / DAY_MS + " d " + ms % DAY_MS / HOUR_MS + " h";
    }

    /** As {@code 812 B}, {@code 4.2 KiB} or {@code 1.5 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < KIB * KIB
                ? String.format(Locale.ROOT, "%.1f KiB", (double) bytes / KIB)
                : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / KIB / KIB);
    }
}

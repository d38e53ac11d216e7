// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of {@link StreamRelay#counters()} count drops: what was received and not used, and packets that were held and
 * let go. The one place that decides it for all that show drops.
 */
public final class DropCounters {

    private static final String NOT_USED = "drop.";

    /** Reasons for which the packets of a full cache give way. */
    private static final String EVICTED = "evicted-";

    /** Packets that were held until their lifetime ended, and those that the store failed to keep. */
    private static final Set<String> LET_GO = Set.of("expired", "not-kept");

    private DropCounters() {}

    /** Whether a counter of that name counts drops. */
    public static boolean isDrop(String counter) {
        return counter.startsWith(NOT_USED) || counter.startsWith(EVICTED) || LET_GO.contains(counter);
    }

    /**
     * The drops by reason, sorted. A packet that was too old when it came and one that grew too old here have one
     * reason, {@code expired}: they are counted together.
     *
     * @param counters by their names, with others among them
     */
    public static Map<String, Long> byReason(Map<String, Long> counters) {
        Map<String, Long> drops = new TreeMap<>();
        counters.forEach((counter, count) -> {
            if (isDrop(counter)) {
                drops.merge(reason(counter), count, Long::sum);
            }
        });
        return drops;
    }

    private static String reason(String counter) {
        return counter.startsWith(NOT_USED) ? counter.substring(NOT_USED.length()) : counter;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.HashMap;
import java.util.Map;

/** What came of a load, noted while it comes. Not thread-safe. */
final class Outcome {

    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_SECOND = 1e9;

    private final int first;
    private final int count;
    private final Map<Integer, Long> arrivedNs = new HashMap<>();
    private int doubled;
    private long lastNs;
    private long[] publishedNs = {};

    /** Of the messages that are numbered from {@code first} on; others are of an earlier load. */
    Outcome(int first, int count) {
        this.first = first;
        this.count = count;
    }

    void arrived(int number, long ns) {
        int index = number - first;
        if (index < 0 || index >= count) {
            return;
        }
        if (arrivedNs.putIfAbsent(index, ns) != null) {
            doubled++;
        } else {
            lastNs = ns;
        }
    }

    /** All are out, at these times. */
    void published(long[] times) {
        publishedNs = times.clone();
    }

    int count() {
        return count;
    }

    int delivered() {
        return arrivedNs.size();
    }

    /** Of those that were published, 1 when all came. */
    double share() {
        return (double) delivered() / count;
    }

    int doubled() {
        return doubled;
    }

    boolean isComplete() {
        return delivered() == count;
    }

    /** From the first that was published to the last that came. */
    double seconds() {
        return (lastNs - publishedNs[0]) / NS_PER_SECOND;
    }

    /** How long it took to publish them. */
    double publishingSeconds() {
        return (publishedNs[count - 1] - publishedNs[0]) / NS_PER_SECOND;
    }

    /** From publishing to arrival: what at least this share of those that came did not exceed. */
    double latencyMs(double share) {
        double[] sorted = arrivedNs.entrySet().stream()
                .mapToDouble(arrival -> (arrival.getValue() - publishedNs[arrival.getKey()]) / NS_PER_MS)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing came");
        }
        return sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1];
    }

    @Override
    public String toString() {
        return "%,d of %,d, %d twice, published within %.1f s, the last came after %.1f s"
                .formatted(delivered(), count, doubled, publishingSeconds(), seconds());
    }
}

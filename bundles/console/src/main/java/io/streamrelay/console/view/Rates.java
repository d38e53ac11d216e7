// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import java.util.HashMap;
import java.util.Map;

/** How fast counts grow, smoothed over some seconds. One thread calls it. */
final class Rates {

    /** After this time two thirds of a change are seen. A guess: a person sees it move and can still read it. */
    private static final double SMOOTHING_MS = 5_000;

    private record Sample(long count, double perSecond) {}

    private final Map<String, Sample> samples = new HashMap<>();
    private Map<String, Sample> next = new HashMap<>();
    private long elapsedMs;

    /** Begins a look, so much later than the last one. */
    void begin(long sinceLastMs) {
        elapsedMs = sinceLastMs;
        next = new HashMap<>();
    }

    /** What is not looked at until {@link #end} is forgotten. */
    double of(String name, long count) {
        Sample last = samples.get(name);
        double perSecond = last == null ? 0 : last.perSecond();
        if (last != null && elapsedMs > 0) {
            // A subcluster that was opened anew counts from 0.
            double now = Math.max(0, count - last.count()) * 1000.0 / elapsedMs;
            double weight = 1 - Math.exp(-elapsedMs / SMOOTHING_MS);
            perSecond = last.perSecond() + weight * (now - last.perSecond());
        }
        next.put(name, new Sample(count, perSecond));
        return perSecond;
    }

    void end() {
        samples.clear();
        samples.putAll(next);
    }
}

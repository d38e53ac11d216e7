// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Measured values, sorted. */
public final class Samples {

    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples of(DoubleStream values) {
        return new Samples(values.sorted().toArray());
    }

    /** The same of times in ms, in seconds. */
    static Samples seconds(long[] ms) {
        return of(Arrays.stream(ms).mapToDouble(each -> each / 1e3));
    }

    int count() {
        return sorted.length;
    }

    /** The smallest value that the share of all, 0 to 1, does not exceed. */
    double quantile(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** The value in the middle, or the mean of the two there. */
    double median() {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.figures;

import java.util.Arrays;

/** Measured values of one kind, in one unit. */
record Samples(double[] values) {

    Samples {
        values = values.clone();
        Arrays.sort(values);
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    double median() {
        return quantile(0.5);
    }

    /** The smallest value that at least this share of all values does not exceed. */
    double quantile(double share) {
        int rank = (int) Math.ceil(share * values.length);
        return values[Math.max(rank, 1) - 1];
    }

    double max() {
        return values[values.length - 1];
    }
}

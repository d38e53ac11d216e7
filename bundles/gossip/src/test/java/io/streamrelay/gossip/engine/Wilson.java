// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.Locale;

/** A rate of successes with its 95 % interval after Wilson. */
record Wilson(int successes, int trials, double low, double high) {

    private static final double Z = 1.96;

    static Wilson of(int successes, int trials) {
        double rate = (double) successes / trials;
        double spread = Z * Z / trials;
        double middle = (rate + spread / 2) / (1 + spread);
        double half = Z * Math.sqrt(rate * (1 - rate) / trials + spread / (4 * trials)) / (1 + spread);
        return new Wilson(successes, trials, middle - half, middle + half);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d = %.1f %% (95 %% interval %.1f to %.1f %%)",
                successes,
                trials,
                100.0 * successes / trials,
                100 * low,
                100 * high);
    }
}

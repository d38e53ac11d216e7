// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.Locale;

/** How many of some trials succeeded. */
public record Share(int succeeded, int trials) {

    /** The normal quantile of a 95 % interval. */
    private static final double Z = 1.959964;

    /** 0 to 1. */
    public double value() {
        return (double) succeeded / trials;
    }

    /** The lower end of Wilson's 95 % interval. */
    public double lower() {
        return centre() - half();
    }

    /** Its upper end. */
    public double upper() {
        return centre() + half();
    }

    private double centre() {
        return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double half() {
        double inner = value() * (1 - value()) / trials + Z * Z / (4.0 * trials * trials);
        return Z * Math.sqrt(inner) / (1 + Z * Z / trials);
    }

    Share plus(Share other) {
        return new Share(succeeded + other.succeeded, trials + other.trials);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f %%", 100 * value());
    }
}

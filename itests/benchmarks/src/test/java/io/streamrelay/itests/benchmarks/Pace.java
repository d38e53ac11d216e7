// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

/**
 * How long each operation is run.
 *
 * @param warmUps slices that are not counted
 * @param slices that are counted
 * @param sliceMs how long a slice takes
 */
record Pace(int warmUps, int slices, long sliceMs) {

    /** For figures that are told. */
    static final Pace MEASURING = new Pace(3, 3, 500);

    /** For a test that everything runs: just enough for the compilers to see the loops. */
    static final Pace TRYING = new Pace(2, 1, 100);

    long warmMs() {
        return warmUps * sliceMs;
    }

    long measureMs() {
        return slices * sliceMs;
    }
}

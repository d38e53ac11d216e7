// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Everything that is left to chance, drawn from one seed: a generator for each purpose, so that a change of one
 * purpose's draws does not reshuffle the others.
 */
public final class Chance {

    private final long seed;

    public Chance(long seed) {
        this.seed = seed;
    }

    /** A new generator; the same purpose gives the same draws. */
    public RandomGenerator of(String purpose) {
        return new SplittableRandom(mixed(purpose));
    }

    /** One draw that depends on the purpose alone, 0 (inclusive) to {@code bound} (exclusive). */
    public long one(String purpose, long bound) {
        return of(purpose).nextLong(bound);
    }

    private long mixed(String purpose) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = new SplittableRandom(hash ^ purpose.charAt(i)).nextLong();
        }
        return hash;
    }
}

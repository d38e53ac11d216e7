// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.function.IntPredicate;

/**
 * Finds the highest rate that holds: doubled from a first one until one fails, or halved until one holds, and then
 * between the two until they are an eighth apart.
 */
final class RateSearch {

    private static final int RATE_MAX = 32_000;
    private static final double APART = 1.125;

    private final IntPredicate holds;

    /** @param holds whether a rate holds; asked once more when it says no, for a machine stumbles now and then */
    RateSearch(IntPredicate holds) {
        this.holds = holds.or(holds);
    }

    int from(int first) {
        int good = first;
        int bad = first;
        if (holds.test(first)) {
            do {
                good = bad;
                bad = 2 * good;
            } while (bad <= RATE_MAX && holds.test(bad));
        } else {
            do {
                bad = good;
                good = bad / 2;
            } while (!holds.test(good));
        }
        return bad > RATE_MAX ? good : between(good, bad);
    }

    private int between(int lower, int upper) {
        int good = lower;
        int bad = upper;
        while (bad > APART * good) {
            int middle = (int) Math.round(Math.sqrt((double) good * bad));
            if (holds.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }
}

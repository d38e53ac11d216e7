// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.time.Duration;

/**
 * How much of each load there is.
 *
 * @param idleSeconds before it is looked how much memory somebody holds who has nothing to do
 * @param singles messages, one each second
 * @param warming messages that count for nothing, so that what is on the way is compiled
 * @param paced messages at 100 each second
 * @param burst messages at once
 * @param trialSeconds how long each rate is tried
 * @param countedSeconds how long the rate is held that counts
 */
record Pace(int idleSeconds, int singles, int warming, int paced, int burst, int trialSeconds, int countedSeconds) {

    static final Pace MEASURING = new Pace(5, 20, 2_000, 2_000, 5_000, 3, 10);

    /** To see whether everything works; the figures are worth nothing. */
    static final Pace BRIEF = new Pace(1, 3, 500, 300, 5_000, 1, 2);

    private static final int WARMING_PER_SECOND = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So that virtual machines have compiled what is on the way. */
    Load warm() {
        return new Load(warming, WARMING_PER_SECOND, PATIENCE, Duration.ZERO);
    }
}

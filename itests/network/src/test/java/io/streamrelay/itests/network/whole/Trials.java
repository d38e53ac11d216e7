// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.function.Consumer;

/** Finds out which rate a rig holds, and spoils it: what was too much may haunt it for long. */
final class Trials {

    private static final int FIRST_PER_SECOND = 250;

    private final Rig rig;
    private final Pace pace;
    private final Consumer<String> progress;

    Trials(Rig rig, Pace pace, Consumer<String> progress) {
        this.rig = rig;
        this.pace = pace;
        this.progress = progress;
    }

    /** The highest rate that holds for as long as one has to that counts. */
    Rate highest() throws InterruptedException {
        rig.carry(pace.warm());
        Rate rate = new Rate(new RateSearch(this::holds).from(FIRST_PER_SECOND));
        while (!holds(rate, pace.countedSeconds())) {
            rate = rate.less();
        }
        return rate;
    }

    private boolean holds(int perSecond) {
        try {
            return holds(new Rate(perSecond), pace.trialSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean holds(Rate rate, int seconds) throws InterruptedException {
        Outcome outcome = rig.carry(rate.during(seconds));
        progress.accept(rate.told(outcome));
        return rate.isHeld(outcome);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

/**
 * What a load took.
 *
 * @param outcome what came of it; something did
 * @param traffic what both hosts sent meanwhile
 */
record Spent(Outcome outcome, Traffic traffic, double processorSeconds) {

    private static final double TEN_THOUSAND = 10_000;

    static Spent on(Rig rig, Load load) throws InterruptedException {
        Traffic traffic = rig.traffic();
        double processorSeconds = rig.processorSeconds();
        Outcome outcome = rig.carry(load);
        if (outcome.delivered() == 0) {
            throw new IllegalStateException("nothing was delivered of " + load);
        }
        return new Spent(outcome, rig.traffic().since(traffic), rig.processorSeconds() - processorSeconds);
    }

    double ipBytesEach() {
        return (double) traffic.ipBytes() / outcome.delivered();
    }

    double wireBytesEach() {
        return (double) traffic.bytes() / outcome.delivered();
    }

    /** For ten thousand messages. */
    double processorSecondsForMany() {
        return TEN_THOUSAND * processorSeconds / outcome.delivered();
    }
}

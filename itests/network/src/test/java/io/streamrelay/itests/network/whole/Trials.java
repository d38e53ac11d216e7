// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds out which rate a party holds. After one that did not hold it is started anew: what was lost or waits would
 * burden the next, and a reference peer would go on comparing caches for minutes.
 */
final class Trials implements AutoCloseable {

    private static final int FIRST_PER_SECOND = 250;

    private final Party party;
    private final Pace pace;
    private final Consumer<String> progress;
    private Rig rig;

    Trials(Party party, Pace pace, Consumer<String> progress) {
        this.party = party;
        this.pace = pace;
        this.progress = progress;
    }

    /** The highest rate that holds for as long as one has to that counts, and what it takes. */
    Map<Figure, Double> run() throws Exception {
        Rate rate = new Rate(new RateSearch(this::holds).from(FIRST_PER_SECOND));
        Spent spent = counted(rate);
        while (!rate.isHeld(spent.outcome())) {
            rate = rate.less();
            spent = counted(rate);
        }
        Map<Figure, Double> measured = new EnumMap<>(Figure.class);
        measured.put(Figure.PER_SECOND, (double) rate.perSecond());
        measured.put(Figure.LOAD_IP_BYTES, spent.ipBytesEach());
        measured.put(Figure.LOAD_WIRE_BYTES, spent.wireBytesEach());
        measured.put(Figure.LOAD_PROCESSOR_SECONDS, spent.processorSecondsForMany());
        measured.put(Figure.LOADED_MB, rig.residentMb());
        measured.put(Figure.LOADED_GATEWAY_MB, rig.gatewayMb());
        return measured;
    }

    private Spent counted(Rate rate) throws Exception {
        close();
        open();
        Spent spent = Spent.on(rig, rate.during(pace.countedSeconds()));
        progress.accept(rate.told(spent.outcome()) + "; %.0f bytes of IP each".formatted(spent.ipBytesEach()));
        return spent;
    }

    private boolean holds(int perSecond) {
        Rate rate = new Rate(perSecond);
        try {
            open();
            Outcome outcome = rig.carry(rate.during(pace.trialSeconds()));
            progress.accept(rate.told(outcome));
            if (!rate.isHeld(outcome)) {
                close();
            }
            return rate.isHeld(outcome);
        } catch (Exception e) {
            throw new IllegalStateException(rate.perSecond() + " each second: " + e.getMessage(), e);
        }
    }

    private void open() throws Exception {
        if (rig == null) {
            rig = Rig.start(party.contender());
            rig.carry(pace.warm());
        }
    }

    @Override
    public void close() {
        if (rig != null) {
            rig.close();
            rig = null;
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarliestArrivalTest {

    private static final int NODES = 20;
    private static final long UNTIL_MS = 3 * 3_600_000;

    private static ContactTrace trace(ContactTrace.Contact... contacts) {
        return new ContactTrace(NODES, UNTIL_MS, List.of(contacts));
    }

    /** Two computations that share nothing but the trace. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void isWhenEpidemicRoutingArrives(long seed) {
        RandomGenerator draws = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ContactTrace trace = ContactTrace.drawn(NODES, UNTIL_MS, draws);
        int arrived = 0;
        for (int destination = 1; destination < NODES; destination++) {
            for (long sentMs = 0; sentMs < UNTIL_MS; sentMs += 600_001) {
                long atMs = EarliestArrival.of(trace, 0, destination, sentMs);
                assertEquals(Routing.epidemic(trace, 0, destination, sentMs).arrivedMs(), atMs);
                arrived += atMs == Routing.NEVER ? 0 : 1;
            }
        }
        assertTrue(arrived > NODES, () -> "the trace of seed " + seed + " lets too little through to say anything");
    }

    @Test
    void aContactThatIsOpenAlreadyCarriesAtOnce() {
        ContactTrace trace = trace(new ContactTrace.Contact(0, 1, 100, 200));
        assertEquals(150, EarliestArrival.of(trace, 0, 1, 150));
    }

    @Test
    void aContactThatHasEndedCarriesNothing() {
        ContactTrace trace = trace(new ContactTrace.Contact(0, 1, 100, 200));
        assertEquals(Routing.NEVER, EarliestArrival.of(trace, 0, 1, 200));
    }

    @Test
    void aChainOfOpenContactsTakesNoTimeInWhateverOrderTheyBegan() {
        ContactTrace trace = trace(new ContactTrace.Contact(1, 2, 100, 400), new ContactTrace.Contact(0, 1, 300, 500));
        assertEquals(300, EarliestArrival.of(trace, 0, 2, 0));
    }

    @Test
    void whoMetBeforeIsNotMetAgain() {
        ContactTrace trace = trace(new ContactTrace.Contact(1, 2, 100, 200), new ContactTrace.Contact(0, 1, 300, 500));
        assertEquals(Routing.NEVER, EarliestArrival.of(trace, 0, 2, 0));
    }
}

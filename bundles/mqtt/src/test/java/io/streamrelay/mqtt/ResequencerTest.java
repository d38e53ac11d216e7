// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResequencerTest {

    private static final Set<Integer> OLD = Set.of(1);
    private static final Set<Integer> BOTH = Set.of(1, 2);

    private final Simulation simulation = new Simulation(1);
    private final List<String> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Resequencer resequencer = new Resequencer(
            simulation.lane(), arrival -> taken.add(new String(arrival.message().payload(), UTF_8)));

    private Arrival arrival(String text, Set<Integer> subscriptions) {
        return new Arrival(World.message("t", text), 1, false, 0, subscriptions, () -> {}, () -> refused.add(text));
    }

    private void take(Set<Integer> subscriptions, String... texts) {
        for (String text : texts) {
            resequencer.take(arrival(text, subscriptions));
        }
    }

    private void cameAgain(String... texts) {
        for (String text : texts) {
            resequencer.cameAgain(arrival(text, BOTH));
        }
    }

    @Test
    void passesEverythingOnWhileNothingChanges() {
        take(OLD, "1", "2");
        cameAgain("1");

        assertEquals(List.of("1", "2"), taken);
        assertFalse(resequencer.isAtWork());
    }

    @Test
    void putsWhatHasOvertakenOthersBehindThem() {
        resequencer.opens();
        take(BOTH, "5");
        take(OLD, "3");
        take(BOTH, "6");
        take(OLD, "4");
        cameAgain("5", "6");
        simulation.run(Resequencer.AHEAD_MS);

        assertEquals(List.of("3", "4", "5", "6"), taken);
    }

    @Test
    void handsOnWhatHasComeByBothAtOnce() {
        resequencer.opens();
        take(BOTH, "5");
        assertEquals(List.of(), taken);
        cameAgain("5");

        assertEquals(List.of("5"), taken);
    }

    @Test
    void waitsForAsManyCopiesAsAreNamed() {
        resequencer.opens();
        take(Set.of(1, 2, 3), "5");
        cameAgain("5");
        assertEquals(List.of(), taken);
        cameAgain("5");

        assertEquals(List.of("5"), taken);
    }

    @Test
    void letsNothingOvertakeWhatStillWaitsWhenTheChangeIsOver() {
        resequencer.opens();
        resequencer.closes();
        simulation.run(Resequencer.AHEAD_MS - 10);
        take(BOTH, "5");
        take(OLD, "4");
        simulation.run(20);
        take(BOTH, "6");
        cameAgain("6", "5");
        assertTrue(resequencer.isAtWork());
        simulation.run(Resequencer.AHEAD_MS);

        assertEquals(List.of("4", "5", "6"), taken);
        assertFalse(resequencer.isAtWork());
    }

    @Test
    void takesWhatWaitsBehindIntoTheNextChange() {
        resequencer.opens();
        resequencer.closes();
        take(BOTH, "5");
        simulation.run(Resequencer.AHEAD_MS - 1);
        take(OLD, "6");
        simulation.run(1);
        assertEquals(List.of("5"), taken);
        take(BOTH, "8");
        resequencer.opens();
        take(BOTH, "7");
        cameAgain("8");
        simulation.run(2 * Resequencer.AHEAD_MS);

        assertEquals(List.of("5", "6", "7", "8"), taken);
    }

    /** As with MQTT 3.1.1: its copies are not known as such, and to wait for them would only take time. */
    @Test
    void passesOnWhatDoesNotSayWhatItCameBy() {
        resequencer.opens();
        take(Set.of(), "1");
        assertEquals(List.of("1"), taken);
        take(OLD, "2");
        take(Set.of(), "3");

        assertEquals(List.of("1"), taken);
    }

    @Test
    void handsAllOnInTheOrderItCameWhenItGivesUp() {
        resequencer.opens();
        take(BOTH, "2");
        take(OLD, "1");
        resequencer.givesUp();
        take(BOTH, "3");

        assertEquals(List.of("2", "1", "3"), taken);
        assertFalse(resequencer.isAtWork());
        simulation.run(10 * Resequencer.AHEAD_MS);
        assertEquals(3, taken.size());
    }

    @Test
    void leavesToTheBrokerWhatWaitsAtTheEnd() {
        resequencer.opens();
        resequencer.closes();
        simulation.run(Resequencer.AHEAD_MS - 1);
        take(BOTH, "1");
        simulation.run(1);
        take(BOTH, "2");
        resequencer.refuseAll();
        simulation.run(10 * Resequencer.AHEAD_MS);

        assertEquals(List.of("1", "2"), refused);
        assertEquals(List.of(), taken);
    }
}

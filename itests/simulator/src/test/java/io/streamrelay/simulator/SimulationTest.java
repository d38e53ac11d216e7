// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What is promised about a run that fails; and that the expectations do fail. */
class SimulationTest {

    private Simulation simulation;

    @BeforeEach
    void twoNodesThatCannotReachEachOther(TestInfo test) {
        simulation = Simulation.of(Stages.options(test, 9, 2));
        simulation.bootstrap(1, 0);
        simulation.cut(0, 1);
        simulation.subscribe("all", 0, 1);
        simulation.start(0, 1);
        simulation.run(Duration.ofSeconds(1));
    }

    @Test
    void failureNamesSeedTimeOptionsAndTheCommandThatReplaysIt() {
        SimulationFailure failure =
                assertThrows(SimulationFailure.class, () -> simulation.expect(false, "the sky is up"));
        String text = failure.getMessage();
        assertTrue(text.startsWith("the sky is up"), text);
        assertTrue(text.contains("at 1.000 s"), text);
        assertTrue(text.contains("nodes=2"), text);
        assertTrue(text.contains("-Dtest='SimulationTest#failureNames"), text);
        assertTrue(text.endsWith("-Dsim.seed=9"), text);
    }

    @Test
    void undeliveredMessageFailsTheRunWithItsName() {
        simulation.publish(0, "all", 50);
        SimulationFailure failure =
                assertThrows(SimulationFailure.class, () -> simulation.awaitDelivery(Duration.ofSeconds(30)));
        assertTrue(failure.getMessage().contains("message 0 of node 0"), failure::getMessage);
        assertTrue(failure.getMessage().contains("has not reached node 1"), failure::getMessage);
        assertTrue(failure.getMessage().contains("at 31.000 s"), failure::getMessage);
    }

    @Test
    void storesThatDifferFailTheRun() {
        simulation.publish(0, "all", 50);
        simulation.run(Duration.ofSeconds(1));
        assertThrows(SimulationFailure.class, () -> simulation.awaitConvergence(Duration.ofSeconds(30)));
    }

    @Test
    void anAssertionThatFailsInARunNamesItsSeedToo() {
        simulation.crash(0);
        SimulationFailure failure = assertThrows(
                SimulationFailure.class,
                () -> simulation.configure(0, config -> {
                    throw new AssertionError("not so");
                }));
        assertTrue(failure.getMessage().contains("not so"), failure::getMessage);
        assertTrue(failure.getMessage().endsWith("-Dsim.seed=9"), failure::getMessage);
    }

    @Test
    void misuseOfANodeThatIsDownFailsTheRun() {
        simulation.crash(0);
        assertThrows(SimulationFailure.class, () -> simulation.publish(0, "all", 50));
    }
}

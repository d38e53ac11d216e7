// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import org.junit.jupiter.api.TestInfo;

/**
 * Nodes behind NAT devices that know one public node, which is no member of what they talk about.
 *
 * <pre>
 *   node 1 --- NAT ---+--- NAT --- node 2
 *                   node 0
 * </pre>
 */
class BehindNatTest {

    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(30);

    @SeededTest(fixed = 2)
    void exchangeThroughAPublicNodeWhateverTheKindsOfNat(long seed, TestInfo test) {
        for (NatKind one : NatKind.values()) {
            for (NatKind other : NatKind.values()) {
                Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
                simulation.nat(one, 1);
                simulation.nat(other, 2);
                exchange(simulation);
            }
        }
    }

    @SeededTest(fixed = 2)
    void exchangeBehindOneDevice(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        simulation.nat(NatKind.SYMMETRIC, 1, 2);
        exchange(simulation);
    }

    @SeededTest(fixed = 2)
    void stayInTouchForHoursThoughMappingsLastForSeconds(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        simulation.nat(NatKind.PORT_RESTRICTED, 1);
        simulation.nat(NatKind.SYMMETRIC, 2);
        exchange(simulation);
        simulation.run(Duration.ofHours(2));
        simulation.publish(2, "members", 200);
        simulation.run(Duration.ofSeconds(1));
        simulation.awaitDelivery(Duration.ofSeconds(1));
    }

    @SeededTest(fixed = 2)
    void goOnAfterMovingFromOneNetworkToAnother(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        simulation.nat(NatKind.PORT_RESTRICTED, 1);
        exchange(simulation);
        simulation.nat(NatKind.SYMMETRIC, 1);
        simulation.publish(1, "members", 200);
        simulation.publish(2, "members", 200);
        simulation.awaitDelivery(DELIVERED_WITHIN);
    }

    @SeededTest(fixed = 2)
    void goOnAfterTheirDeviceHasForgottenAllMappings(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        NatDevice device = simulation.nat(NatKind.PORT_RESTRICTED, 1, 2);
        exchange(simulation);
        device.reboot();
        simulation.publish(0, "members", 200);
        simulation.awaitDelivery(DELIVERED_WITHIN);
    }

    private static void exchange(Simulation simulation) {
        simulation.bootstrap(1, 0);
        simulation.bootstrap(2, 0);
        simulation.subscribe("members", 1, 2);
        simulation.start(0, 1, 2);
        simulation.run(Duration.ofSeconds(5));
        for (int round = 0; round < 4; round++) {
            simulation.publish(1 + round % 2, "members", 200);
            simulation.run(Duration.ofMillis(100));
        }
        simulation.awaitDelivery(DELIVERED_WITHIN);
    }
}

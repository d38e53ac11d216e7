// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Churn;
import io.streamrelay.simulator.ChurnOptions;
import io.streamrelay.simulator.ChurnOptions.Way;
import io.streamrelay.simulator.NatKind;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.Duration;
import java.util.function.Function;

/**
 * Days of a small network: two public nodes, and four behind NATs that fail and come back some times a day. Every
 * message that was accepted reaches everybody.
 */
public final class Soak {

    public static final int NODES = 6;

    /** The longest that is allowed: most of what a quiet month costs to simulate is heartbeats. */
    private static final long HEARTBEAT_MS = 25_000;

    private static final int[] RESTLESS = {2, 3, 4, 5};
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MESSAGES_A_DAY = 96;
    private static final ChurnOptions CHURN = new ChurnOptions(
            Way.CRASH, Duration.ofHours(6).toMillis(), Duration.ofMinutes(20).toMillis());
    private static final Duration CALM = Duration.ofMinutes(30);
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** A guess: a week's messages and what was sent of them, and the 4,096 joins that a node remembers. */
    private static final long ENTRIES_MAX = 6_000;

    private final Simulation simulation;
    private long entriesMost;

    private Soak(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A network that has just been switched on. */
    public static Soak started(SimulationOptions options, Function<SimulationOptions, Simulation> stage) {
        Simulation simulation = stage.apply(options.withHeartbeatMs(HEARTBEAT_MS));
        simulation.nat(NatKind.PORT_RESTRICTED, 2);
        simulation.nat(NatKind.SYMMETRIC, 3);
        simulation.nat(NatKind.ADDRESS_RESTRICTED, 4, 5);
        for (int node = 1; node < NODES; node++) {
            simulation.bootstrap(node, node == 1 ? 0 : 1, 0);
        }
        simulation.subscribe("soak", simulation.all());
        simulation.startAll(Duration.ofSeconds(10));
        return new Soak(simulation);
    }

    /** A day of messages under churn; then all is delivered. */
    public void day() {
        Churn churn = simulation.churn(CHURN, RESTLESS);
        for (int count = 0; count < MESSAGES_A_DAY; count++) {
            int from = count % NODES;
            if (simulation.node(from).isAwake()) {
                simulation.publish(from, "soak", 200 + count);
            }
            simulation.run(DAY.minus(CALM).dividedBy(MESSAGES_A_DAY));
        }
        churn.end();
        simulation.await("all are up", CALM.multipliedBy(6), this::allAreUp);
        simulation.awaitDelivery(BOUND);
        entriesMost = Math.max(entriesMost, entries());
        simulation.expect(entriesMost <= ENTRIES_MAX, "the first node's tables have " + entriesMost + " entries");
    }

    /** In all tables of a node that was never switched off. */
    public long entries() {
        return Entries.of(simulation.node(0).engine().orElseThrow());
    }

    /** The most that there were at the end of a day. */
    public long entriesMost() {
        return entriesMost;
    }

    private boolean allAreUp() {
        for (int node : simulation.all()) {
            if (!simulation.node(node).isUp()) {
                return false;
            }
        }
        return true;
    }

    public Simulation simulation() {
        return simulation;
    }
}

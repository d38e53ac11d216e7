// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.TestInfo;

/** Nodes of which three are public and the others behind NATs of all kinds find out what stands before them. */
class NatTypesTest {

    private static final int PUBLIC = 3;

    /** Reflection of an address-restricted node takes two attempts of four rounds, 250 ms and a round trip each. */
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(10);

    private static final Duration FOUND_DESPITE_LOSS_WITHIN = Duration.ofSeconds(60);

    /** Long enough for two measurements more, at times of their own. */
    private static final Duration WATCHED = Duration.ofMinutes(25);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    @SeededTest(fixed = 20)
    void sixtyFourNodesFindTheirTypes(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 64));
        List<NatType> types = behindMixedNats(simulation);
        simulation.startAll(Duration.ofSeconds(5));
        long startedMs = simulation.nowMs();
        awaitFound(simulation, types, FOUND_WITHIN);
        System.out.printf(
                Locale.ROOT,
                "reflection: seed %d: all know their types %.1f s after the last was started%n",
                seed,
                (simulation.nowMs() - startedMs) / 1_000.0);
    }

    @SeededTest(fixed = 3)
    void lossDelaysTheTypesAndDoesNotChangeThem(long seed, TestInfo test) {
        SimulationOptions options = Stages.options(test, seed, 64);
        Simulation simulation = Stages.simulation(options.withLink(LinkOptions.FAULTY.withLoss(0.3)));
        List<NatType> types = behindMixedNats(simulation);
        simulation.startAll(Duration.ofSeconds(5));
        awaitFound(simulation, types, FOUND_DESPITE_LOSS_WITHIN);
    }

    /** They serve each other as responders meanwhile, which must not make their own NATs look more open. */
    @SeededTest(fixed = 3)
    void measuringAgainFindsTheSame(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 16));
        List<NatType> types = behindMixedNats(simulation);
        simulation.startAll(Duration.ofSeconds(5));
        awaitFound(simulation, types, FOUND_WITHIN);
        long untilMs = simulation.nowMs() + WATCHED.toMillis();
        while (simulation.nowMs() < untilMs) {
            simulation.run(LOOK_EVERY);
            simulation.expect(
                    wrong(simulation, types).isEmpty(), "takes itself for another: " + wrong(simulation, types));
        }
    }

    /** Each device has one to three nodes behind it; the types that they should find, by number. */
    private static List<NatType> behindMixedNats(Simulation simulation) {
        RandomGenerator draws = simulation.chance("nats");
        int nodes = simulation.all().length;
        List<NatType> types = new ArrayList<>();
        for (int node = 0; node < PUBLIC; node++) {
            types.add(NatType.UNRESTRICTED);
        }
        while (types.size() < nodes) {
            NatKind kind = NatKind.values()[draws.nextInt(NatKind.values().length)];
            int[] household = new int[Math.min(1 + draws.nextInt(3), nodes - types.size())];
            for (int i = 0; i < household.length; i++) {
                household[i] = types.size();
                types.add(kind.type());
            }
            simulation.nat(kind, household);
        }
        for (int node : simulation.all()) {
            simulation.bootstrap(node, 0, 1, 2);
        }
        simulation.subscribe("all", simulation.all());
        return types;
    }

    private static void awaitFound(Simulation simulation, List<NatType> types, Duration bound) {
        simulation.await("every node knows its type", bound, () -> wrong(simulation, types)
                .isEmpty());
    }

    /** Who does not say what it should, and what it says. */
    private static List<String> wrong(Simulation simulation, List<NatType> types) {
        List<String> wrong = new ArrayList<>();
        for (int node : simulation.all()) {
            NatType says = simulation.node(node).engine().map(Engine::natType).orElse(NatType.UNKNOWN);
            if (says != types.get(node)) {
                wrong.add("node " + node + " says " + says + ", is " + types.get(node));
            }
        }
        return wrong;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.LinkOptions;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.Duration;
import java.util.function.Function;

/**
 * S5: 8 subscribers without NAT, 200 messages, on links that lose some.
 *
 * @param delivered what was delivered 5 min after the last message
 */
public record FewWithLoss(Simulation simulation, Share delivered) {

    public static final int NODES = 8;

    private static final int MESSAGES = 200;
    private static final Duration AFTER = Duration.ofMinutes(5);

    public static FewWithLoss measured(
            SimulationOptions options, double loss, Function<SimulationOptions, Simulation> stage) {
        Simulation simulation = stage.apply(options.withLink(LinkOptions.CLEAN.withLoss(loss)));
        for (int node = 1; node < NODES; node++) {
            simulation.bootstrap(node, 0);
        }
        simulation.subscribe("few", simulation.all());
        simulation.startAll(Duration.ofSeconds(5));
        simulation.run(Duration.ofSeconds(30));
        for (int count = 0; count < MESSAGES; count++) {
            simulation.publish(count % NODES, "few", 200);
            simulation.run(Duration.ofMillis(100));
        }
        simulation.run(AFTER);
        return new FewWithLoss(
                simulation, new Share(simulation.witnesses().deliveries().count(), MESSAGES * (NODES - 1)));
    }
}

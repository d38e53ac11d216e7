// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Churn;
import io.streamrelay.simulator.ChurnOptions;
import io.streamrelay.simulator.ChurnOptions.Way;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * S3: the sender goes at once for good, and the others come and go. Whether the packet is still there for who comes then.
 *
 * @param survives whether a node that is up holds it at the end
 * @param held who holds it at the end, among the subscribers that are up
 */
record Survival(boolean survives, Share held) {

    private static final Duration SENDER_GOES_AFTER = Duration.ofSeconds(2);

    /** Three failures of power a day for each node, an hour each: our own choice. */
    private static final ChurnOptions COMING_AND_GOING = new ChurnOptions(
            Way.CRASH, Duration.ofHours(7).toMillis(), Duration.ofHours(1).toMillis());

    /** @param hourly told of each full hour that has passed */
    static Survival measured(NatCrowd crowd, Duration over, IntConsumer hourly) {
        Simulation simulation = crowd.simulation();
        Message message = crowd.publish(200, over.multipliedBy(2));
        simulation.run(SENDER_GOES_AFTER);
        simulation.crash(message.from());
        Churn churn = simulation.churn(
                COMING_AND_GOING,
                IntStream.range(crowd.publicNodes(), simulation.options().nodes())
                        .filter(node -> node != message.from())
                        .toArray());
        for (int hour = 1; hour <= over.toHours(); hour++) {
            simulation.run(Duration.ofHours(1));
            hourly.accept(hour);
        }
        churn.end();
        Share held = Holders.of(simulation, message);
        boolean survives = IntStream.of(simulation.all())
                .mapToObj(simulation::node)
                .anyMatch(node -> node.isUp() && !node.store().packetIds().isEmpty());
        return new Survival(survives, held);
    }
}

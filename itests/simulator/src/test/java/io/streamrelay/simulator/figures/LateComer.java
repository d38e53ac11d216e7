// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import java.time.Duration;

/** S3: the publisher goes for good after 2 s; a subscriber that was away comes long after. */
public final class LateComer {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private LateComer() {}

    /** How long after its start it had the packet, in ms. */
    public static long measured(NatCrowd crowd, Duration away) {
        Simulation simulation = crowd.simulation();
        int late = crowd.lastSubscriber();
        simulation.stop(late);
        Message message = crowd.publish(200);
        simulation.run(Duration.ofSeconds(2));
        simulation.crash(message.from());
        simulation.run(away);
        simulation.start(late);
        long startedMs = simulation.nowMs();
        simulation.await(
                "the late subscriber has it",
                BOUND,
                () -> simulation.witnesses().deliveries().reached(message, simulation.node(late)));
        return simulation.nowMs() - startedMs;
    }
}

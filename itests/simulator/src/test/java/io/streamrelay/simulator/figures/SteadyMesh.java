// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Deliveries;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A mesh in which nobody comes or goes and somebody publishes now and then.
 *
 * @param sendsEach publish datagrams for each delivery
 * @param delivered how many of the deliveries that there should be have been made
 */
public record SteadyMesh(double sendsEach, Share delivered) {

    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);
    private static final int MESSAGES = 30;
    private static final int PLAINTEXT_BYTES = 200;

    /** What it sets, in one line. */
    static String conditions() {
        return "settledMs=" + SETTLED.toMillis() + " messages=" + MESSAGES + " betweenMs=" + BETWEEN.toMillis()
                + " plaintextBytes=" + PLAINTEXT_BYTES;
    }

    /** Lets the mesh settle; then subscribers by chance publish, one after the other. */
    public static SteadyMesh measured(NatCrowd crowd) {
        Simulation simulation = crowd.simulation();
        simulation.run(SETTLED);
        RandomGenerator draws = simulation.chance("steady");
        int[] subscribers = crowd.subscribers();
        Traffic traffic = simulation.witnesses().traffic();
        Deliveries deliveries = simulation.witnesses().deliveries();
        long sentBefore = traffic.datagrams(PacketType.PUBLISH);
        int deliveredBefore = deliveries.count();
        for (int count = 0; count < MESSAGES; count++) {
            simulation.publish(subscribers[draws.nextInt(subscribers.length)], NatCrowd.SUBCLUSTER, PLAINTEXT_BYTES);
            simulation.run(BETWEEN);
        }
        simulation.run(AFTERWARDS);
        double sent = traffic.datagrams(PacketType.PUBLISH) - sentBefore;
        int delivered = deliveries.count() - deliveredBefore;
        return new SteadyMesh(sent / delivered, new Share(delivered, MESSAGES * (subscribers.length - 1)));
    }
}

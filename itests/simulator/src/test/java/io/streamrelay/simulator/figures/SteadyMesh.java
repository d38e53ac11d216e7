// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Deliveries;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mesh in which nobody comes or goes and somebody publishes now and then.
 *
 * @param sendsEach publish datagrams for each delivery
 * @param delivered how many of the deliveries that there should be have been made
 * @param lastSeconds when the last subscriber had each message
 */
public record SteadyMesh(double sendsEach, Share delivered, Samples lastSeconds) {

    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);
    private static final int PLAINTEXT_BYTES = 200;

    /** How much is published, by subscribers drawn by lot. */
    public enum Pace {
        SELDOM(30, Duration.ofSeconds(10)),
        OFTEN(1_000, Duration.ofMillis(20));

        private final int messages;
        private final Duration between;

        Pace(int messages, Duration between) {
            this.messages = messages;
            this.between = between;
        }

        /** What it sets, in one line. */
        String conditions() {
            return "settledMs=" + SETTLED.toMillis() + " messages=" + messages + " betweenMs=" + between.toMillis()
                    + " plaintextBytes=" + PLAINTEXT_BYTES;
        }
    }

    /** Lets the mesh settle; then subscribers by chance publish, one after the other. */
    public static SteadyMesh measured(NatCrowd crowd, Pace pace) {
        Simulation simulation = crowd.simulation();
        simulation.run(SETTLED);
        RandomGenerator draws = simulation.chance("steady");
        int[] subscribers = crowd.subscribers();
        Traffic traffic = simulation.witnesses().traffic();
        Deliveries deliveries = simulation.witnesses().deliveries();
        long sentBefore = traffic.datagrams(PacketType.PUBLISH);
        int deliveredBefore = deliveries.count();
        List<Message> messages = new ArrayList<>();
        for (int count = 0; count < pace.messages; count++) {
            int publisher = subscribers[draws.nextInt(subscribers.length)];
            messages.add(simulation.publish(publisher, NatCrowd.SUBCLUSTER, PLAINTEXT_BYTES));
            simulation.run(pace.between);
        }
        simulation.run(AFTERWARDS);
        double sent = traffic.datagrams(PacketType.PUBLISH) - sentBefore;
        int delivered = deliveries.count() - deliveredBefore;
        return new SteadyMesh(
                sent / delivered,
                new Share(delivered, pace.messages * (subscribers.length - 1)),
                Samples.of(messages.stream().mapToDouble(message -> last(deliveries.timesMs(message)) / 1_000.0)));
    }

    private static long last(long[] timesMs) {
        return timesMs[timesMs.length - 1];
    }
}

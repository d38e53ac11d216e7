// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Deliveries;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * S4: a network falls into halves for 10 min, 100 messages are published in each, and it is healed.
 *
 * @param completeMs from healing to the last delivery
 * @param datagramsEach publish datagrams for each delivery after healing
 */
public record SplitHalves(long completeMs, double datagramsEach) {

    private static final Duration SPLIT = Duration.ofMinutes(10);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int MESSAGES = 200;

    public static SplitHalves measured(NatCrowd crowd) {
        Simulation simulation = crowd.simulation();
        int nodes = simulation.options().nodes();
        simulation.partition(
                IntStream.range(0, nodes).filter(node -> node / 2 % 2 == 0).toArray());
        int[] subscribers = crowd.subscribers();
        for (int count = 0; count < MESSAGES; count++) {
            simulation.publish(subscribers[count % subscribers.length], NatCrowd.SUBCLUSTER, 200);
            simulation.run(SPLIT.dividedBy(MESSAGES));
        }
        Deliveries deliveries = simulation.witnesses().deliveries();
        int deliveredBefore = deliveries.count();
        long sentBefore = simulation.witnesses().traffic().datagrams(PacketType.PUBLISH);
        long healedMs = simulation.nowMs();
        simulation.heal();
        simulation.awaitDelivery(BOUND);
        long lastMs = simulation.messages().stream()
                .mapToLong(message -> lastMs(deliveries, message))
                .max()
                .orElseThrow();
        double sent = simulation.witnesses().traffic().datagrams(PacketType.PUBLISH) - sentBefore;
        return new SplitHalves(lastMs - healedMs, sent / (deliveries.count() - deliveredBefore));
    }

    private static long lastMs(Deliveries deliveries, Message message) {
        long[] timesMs = deliveries.timesMs(message);
        return message.sentMs() + timesMs[timesMs.length - 1];
    }
}

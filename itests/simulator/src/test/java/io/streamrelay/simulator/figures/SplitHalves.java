// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Deliveries;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * S4: a network falls into halves for 10 min, 100 messages are published in each, and it is healed.
 *
 * @param completeMs from healing to the last delivery
 * @param datagramsEach publish datagrams for each delivery after healing
 * @param bytesOverMissing all bytes of packets that were sent from healing on, by those of the packets that nodes
 *     lacked, carriers included
 */
public record SplitHalves(long completeMs, double datagramsEach, double bytesOverMissing) {

    private static final Duration SPLIT = Duration.ofMinutes(10);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int MESSAGES = 200;
    private static final Duration CARRIERS_TOO = Duration.ofMinutes(1);

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
        Traffic traffic = simulation.witnesses().traffic();
        long sentBefore = traffic.datagrams(PacketType.PUBLISH);
        long bytesBefore = traffic.bytes(PacketType.PUBLISH);
        Taken taken = new Taken();
        simulation.watch(taken);
        long healedMs = simulation.nowMs();
        simulation.heal();
        simulation.awaitDelivery(BOUND);
        long lastMs = simulation.messages().stream()
                .mapToLong(message -> lastMs(deliveries, message))
                .max()
                .orElseThrow();
        simulation.run(CARRIERS_TOO);
        double sent = traffic.datagrams(PacketType.PUBLISH) - sentBefore;
        return new SplitHalves(
                lastMs - healedMs,
                sent / (deliveries.count() - deliveredBefore),
                (double) (traffic.bytes(PacketType.PUBLISH) - bytesBefore) / taken.bytes());
    }

    private static long lastMs(Deliveries deliveries, Message message) {
        long[] timesMs = deliveries.timesMs(message);
        return message.sentMs() + timesMs[timesMs.length - 1];
    }
}

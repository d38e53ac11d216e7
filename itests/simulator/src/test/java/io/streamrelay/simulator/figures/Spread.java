// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.Arrays;

/**
 * S1: one packet in a network that has formed.
 *
 * @param subscribers how many were to get it
 * @param timesMs when it reached each of those that it reached, sorted
 * @param hops how many hops it took to each, sorted
 * @param datagramsEach publish datagrams for each subscriber reached
 * @param sendsEach publish datagrams for each node that did not have it, carriers included
 */
public record Spread(int subscribers, long[] timesMs, int[] hops, double datagramsEach, double sendsEach) {

    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Publishes 200 bytes and looks for two minutes. */
    public static Spread measured(NatCrowd crowd) {
        Simulation simulation = crowd.simulation();
        Traffic traffic = simulation.witnesses().traffic();
        Taken taken = new Taken();
        simulation.watch(taken);
        long before = traffic.datagrams(PacketType.PUBLISH);
        Message message = crowd.publish(200);
        simulation.run(BOUND);
        double sent = traffic.datagrams(PacketType.PUBLISH) - before;
        long[] timesMs = simulation.witnesses().deliveries().timesMs(message);
        return new Spread(
                crowd.subscribers().length - 1,
                timesMs,
                simulation.witnesses().deliveries().hops(message),
                sent / timesMs.length,
                sent / taken.packets());
    }

    /** After how many seconds that share of all subscribers had it; infinite when they did not get it in two minutes. */
    public double secondsTo(double share) {
        int wanted = Math.max(1, (int) Math.ceil(share * subscribers));
        return wanted > timesMs.length ? Double.POSITIVE_INFINITY : timesMs[wanted - 1] / 1e3;
    }

    /** The share of all subscribers that had it by then. */
    double reachedBy(double seconds) {
        long within = Arrays.stream(timesMs).filter(ms -> ms <= seconds * 1e3).count();
        return (double) within / subscribers;
    }

    int hopsMost() {
        return hops.length == 0 ? 0 : hops[hops.length - 1];
    }
}

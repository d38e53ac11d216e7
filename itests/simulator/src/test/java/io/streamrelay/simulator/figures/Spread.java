// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Delivery;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.MessageBook;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Traffic;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
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
 * @param allEach datagrams of whatever kind that all nodes sent until the last of them had it, for each subscriber reached
 */
public record Spread(
        int subscribers, long[] timesMs, int[] hops, double datagramsEach, double sendsEach, double allEach) {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int PLAINTEXT_BYTES = 200;

    /** How many datagrams had been sent when the last delivery so far was made. */
    private static final class UntilLast implements Watcher {

        private final Traffic traffic;
        private long datagrams;

        private UntilLast(Traffic traffic) {
            this.traffic = traffic;
        }

        @Override
        public void delivered(VirtualNode node, Delivery delivery) {
            datagrams = traffic.datagrams();
        }
    }

    /** What it sets, in one line. */
    static String conditions() {
        return "plaintextBytes=" + PLAINTEXT_BYTES + " lookedForMs=" + BOUND.toMillis() + " lifetimeMs="
                + MessageBook.LIFETIME_MS;
    }

    /** Publishes 200 bytes and looks for two minutes. */
    public static Spread measured(NatCrowd crowd) {
        Simulation simulation = crowd.simulation();
        Traffic traffic = simulation.witnesses().traffic();
        Taken taken = new Taken();
        simulation.watch(taken);
        UntilLast untilLast = new UntilLast(traffic);
        simulation.watch(untilLast);
        long before = traffic.datagrams(PacketType.PUBLISH);
        long allBefore = traffic.datagrams();
        Message message = crowd.publish(PLAINTEXT_BYTES);
        simulation.run(BOUND);
        double sent = traffic.datagrams(PacketType.PUBLISH) - before;
        long[] timesMs = simulation.witnesses().deliveries().timesMs(message);
        return new Spread(
                crowd.subscribers().length - 1,
                timesMs,
                simulation.witnesses().deliveries().hops(message),
                sent / timesMs.length,
                sent / taken.packets(),
                (double) (untilLast.datagrams - allBefore) / timesMs.length);
    }

    /** After how many seconds that share of all subscribers had it; infinite when they did not get it in two minutes. */
    public double secondsTo(double share) {
        int wanted = Math.max(1, (int) Math.ceil(share * subscribers));
        return wanted > timesMs.length ? Double.POSITIVE_INFINITY : timesMs[wanted - 1] / 1e3;
    }

    /** Who has got it at all. */
    Share reached() {
        return new Share(timesMs.length, subscribers);
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

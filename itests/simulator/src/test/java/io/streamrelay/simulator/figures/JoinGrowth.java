// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;

/**
 * What announcing one's subscriptions costs.
 *
 * @param forming join and intro datagrams of each node in the network's first two minutes
 * @param eachRound the same for each later round of announcements, of which all nodes together make one
 */
public record JoinGrowth(double forming, double eachRound) {

    private static final Duration LATER = Duration.ofMinutes(20);

    /** Announcements follow the first one after 30, 90, 210, 450, 930 and 1,530 s: three of them in those minutes. */
    private static final int ROUNDS = 3;

    public static JoinGrowth measured(NatCrowd crowd) {
        double nodes = crowd.simulation().options().nodes();
        long forming = datagrams(crowd);
        crowd.simulation().run(LATER);
        return new JoinGrowth(forming / nodes, (datagrams(crowd) - forming) / nodes / ROUNDS);
    }

    private static long datagrams(NatCrowd crowd) {
        Traffic traffic = crowd.simulation().witnesses().traffic();
        return traffic.datagrams(PacketType.JOIN) + traffic.datagrams(PacketType.INTRO);
    }
}

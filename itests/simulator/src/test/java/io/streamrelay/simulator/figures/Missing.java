// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.simulator.Simulation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What others hold and a node does not, over all nodes.
 *
 * @param packets how many, each counted for each node that lacks it
 * @param payloadBytes the bodies of these packets
 * @param packetBytes the packets themselves, with header, ids and signature
 */
public record Missing(int packets, long payloadBytes, long packetBytes) {

    public static Missing in(Simulation simulation) {
        Map<Id, Packet> packets = new LinkedHashMap<>();
        for (int node : simulation.all()) {
            for (StoredPacket packet : simulation.node(node).store().packets(simulation.nowMs())) {
                packets.computeIfAbsent(packet.id(), id -> (Packet) Packet.decode(packet.bytes()));
            }
        }
        int count = 0;
        long payloadBytes = 0;
        long packetBytes = 0;
        for (int node : simulation.all()) {
            Set<Id> held = simulation.node(node).store().packetIds();
            for (Packet packet : packets.values()) {
                if (!held.contains(packet.packetId())) {
                    count++;
                    payloadBytes += packet.length(Field.MESSAGE);
                    packetBytes += packet.size();
                }
            }
        }
        return new Missing(count, payloadBytes, packetBytes);
    }
}

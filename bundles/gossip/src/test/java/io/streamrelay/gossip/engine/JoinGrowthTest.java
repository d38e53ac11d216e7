// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What it costs that all members of a mesh join once more (protocol-v6 D52: 1,330 datagrams for each of 12 reference
 * peers, and with the cube of their number).
 */
@Order(1)
class JoinGrowthTest {

    private static final int HUBS = 3;

    /** Until all are connected. */
    private static final long START_MS = 20_000;

    /** In this time each member repeats its first join once: it is due after 30 s, and again after 90 s. */
    private static final long ROUND_MS = 55_000;

    /** By then joins are repeated every {@link Timing#JOIN_MAX_MS}, which is how long a settled round is. */
    private static final long SETTLED_MS = 2_000_000;

    /** What is longer is a packet. */
    private static final int PULSE_BYTES_MAX = 100;

    /** 512 take some minutes; they are run with {@code -Dsrp.join.nodes=8,32,128,512}. */
    private static final String NODES = System.getProperty("srp.join.nodes", "8,32,128");

    /** What leaves, for each node. */
    private record Cost(long joins, long intros, long bytes) {

        static Cost during(TestMesh mesh, int nodes, long ms) {
            long[] sent = new long[3];
            mesh.passes = (from, send) -> {
                boolean packet = send.bytes().length > PULSE_BYTES_MAX;
                boolean join = packet && send.bytes()[4] == PacketType.JOIN.wire();
                boolean intro = packet && send.bytes()[4] == PacketType.INTRO.wire();
                sent[0] += join ? 1 : 0;
                sent[1] += intro ? 1 : 0;
                sent[2] += join || intro ? send.bytes().length : 0;
                return true;
            };
            mesh.run(ms);
            mesh.passes = (from, send) -> true;
            return new Cost(sent[0] / nodes, sent[1] / nodes, sent[2] / nodes);
        }
    }

    private record Growth(int nodes, Cost start, Cost round, Cost settled) {

        static Growth of(int nodes) {
            TestMesh mesh = new TestMesh();
            List<TestMesh.Node> hubs = new ArrayList<>();
            for (int number = 0; number < HUBS; number++) {
                hubs.add(mesh.member(number, NatType.UNRESTRICTED, hubs.toArray(TestMesh.Node[]::new)));
            }
            for (int number = HUBS; number < nodes; number++) {
                mesh.member(number, NatType.UNRESTRICTED, hubs.get(number % HUBS));
            }
            Cost start = Cost.during(mesh, nodes, START_MS);
            Cost round = Cost.during(mesh, nodes, ROUND_MS);
            mesh.run(SETTLED_MS);
            return new Growth(nodes, start, round, Cost.during(mesh, nodes, Timing.JOIN_MAX_MS));
        }
    }

    @Test
    void aRoundOfJoinsCostsEachNodeTheSameHoweverManyTakePart() {
        for (String nodes : NODES.split(",")) {
            Growth growth = Growth.of(Integer.parseInt(nodes));
            System.out.println("joins and intros for each node: " + growth);
            assertTrue(growth.start().joins() <= 200, growth.toString());
            assertTrue(growth.round().joins() <= 40, growth.toString());
            assertTrue(growth.settled().joins() <= 60, growth.toString());
            assertTrue(growth.round().intros() <= 60, growth.toString());
            assertTrue(growth.settled().intros() <= 60, growth.toString());
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What it costs that all members of a mesh join once more (protocol-v6 D52: 1,330 datagrams for each of 12 reference
 * peers, and with the cube of their number).
 */
class JoinGrowthTest {

    private static final int HUBS = 3;

    /** In this time each member repeats its first join once: it is due after 30 s, and again after 90 s. */
    private static final long ROUND_MS = 55_000;

    /** 512 take more than a minute; they are run with {@code -Dsrp.join.nodes=8,32,128,512}. */
    private static final String NODES = System.getProperty("srp.join.nodes", "8,32,128");

    private record Round(int nodes, long joins, long intros, long bytes) {

        static Round of(int nodes) {
            TestMesh mesh = new TestMesh();
            List<TestMesh.Node> hubs = new ArrayList<>();
            for (int number = 0; number < HUBS; number++) {
                hubs.add(mesh.member(number, NatType.UNRESTRICTED, hubs.toArray(TestMesh.Node[]::new)));
            }
            for (int number = HUBS; number < nodes; number++) {
                mesh.member(number, NatType.UNRESTRICTED, hubs.get(number % HUBS));
            }
            mesh.run(20_000);
            long[] sent = new long[3];
            mesh.passes = (from, send) -> {
                boolean packet = send.bytes().length > 4;
                boolean join = packet && send.bytes()[4] == PacketType.JOIN.wire();
                boolean intro = packet && send.bytes()[4] == PacketType.INTRO.wire();
                sent[0] += join ? 1 : 0;
                sent[1] += intro ? 1 : 0;
                sent[2] += join || intro ? send.bytes().length : 0;
                return true;
            };
            mesh.run(ROUND_MS);
            return new Round(nodes, sent[0] / nodes, sent[1] / nodes, sent[2] / nodes);
        }
    }

    @Test
    void aRoundOfJoinsCostsLittleHoweverManyTakePart() {
        for (String nodes : NODES.split(",")) {
            Round round = Round.of(Integer.parseInt(nodes));
            System.out.println("joins of one round, for each node: " + round);
            long passedMax = Limits.JOINS_BURST + Limits.JOINS_PER_SECOND * ROUND_MS / 1_000;
            assertTrue(round.joins() <= 3L * Math.min(round.nodes(), passedMax) + 20, round.toString());
            assertTrue(round.intros() <= 120, round.toString());
        }
    }
}

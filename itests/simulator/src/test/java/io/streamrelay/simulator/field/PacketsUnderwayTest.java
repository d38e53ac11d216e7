// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.simulator.LinkOptions;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.VirtualNetwork.Middlebox;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInfo;

/** How far packets go, and what becomes of fragments that come in any order, often, or without what they need. */
class PacketsUnderwayTest {

    private static final Duration BOUND = Duration.ofMinutes(10);

    /** What a gateway's README says. */
    private static final int HOPS_MAX = 64;

    private static final int LINE = 70;

    /** Fragments that may wait for their head, and for how long. */
    private static final int WAITING_MAX = 512;

    private static final Duration WAITING = Duration.ofSeconds(30);

    @SeededTest(fixed = 2)
    void packetsStopAtTheHopLimit(long seed, TestInfo test) {
        Score row = Score.row("B6")
                .passValue("not beyond hop " + HOPS_MAX + " of a line of " + LINE + ", deletion counted")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = Stages.simulation(Stages.options(test, seed, LINE));
        simulation.reachability().line(LINE);
        for (int node = 1; node < LINE; node++) {
            simulation.bootstrap(node, node - 1);
        }
        simulation.subscribe("all", simulation.all());
        simulation.start(simulation.all());
        simulation.run(Duration.ofMinutes(2));
        Message message = simulation.publish(0, "all", 200);
        simulation.run(BOUND);
        int farthest = IntStream.of(simulation.all())
                .filter(node -> simulation.witnesses().deliveries().reached(message, simulation.node(node)))
                .max()
                .orElse(0);
        Map<String, Long> counts = simulation.witnesses().observations().counts();
        long counted = counts.getOrDefault("dropped hops-exceeded", 0L) + counts.getOrDefault("hops-exceeded", 0L);
        boolean passed = row.measured("comes to hop " + farthest + ", counted " + counted)
                .passed(farthest == HOPS_MAX && counted > 0);
        simulation.expect(passed, "it comes to hop " + farthest + ", counted " + counted);
    }

    /** The book of messages ends the run when anything comes out changed. */
    @SeededTest(fixed = 3)
    void fragmentsInAnyOrderAndOftenComeTogetherByteForByte(long seed, TestInfo test) {
        Score row = Score.row("B12")
                .part("any order")
                .passValue("byte-exact")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 4));
        simulation.run(Duration.ofSeconds(30));
        simulation.link(new LinkOptions(10, 100, 2_000, 0.1, 0.5));
        for (int count = 0; count < 8; count++) {
            simulation.publish(count % 4, "all", 60_000);
            simulation.run(Duration.ofSeconds(1));
        }
        simulation.awaitDelivery(BOUND);
        row.measured("8/8 of 60 kB at each, byte-exact, with 10 % lost, 50 % doubled and 2 s of reordering")
                .passed(true);
    }

    /** Somebody on the wire keeps all heads away, so that nothing can be verified, as an attacker would. */
    @SeededTest(fixed = 3)
    void fragmentsWithoutTheirHeadsPinNoMemory(long seed, TestInfo test) {
        Score row = Score.row("B12")
                .part("headless")
                .passValue("memory bounded")
                .seed(seed)
                .shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.run(Duration.ofSeconds(30));
        Headless wire = new Headless();
        simulation.middlebox(wire);
        for (int count = 0; count < 20; count++) {
            simulation.publish(0, "all", 60_000);
        }
        simulation.run(WAITING);
        Map<String, Long> counts = simulation.witnesses().observations().counts();
        long full = counts.getOrDefault("dropped quarantine-full", 0L);
        int carried = simulation.node(1).store().packetIds().size();
        simulation.middlebox((from, to, bytes) -> bytes);
        simulation.awaitDelivery(BOUND);
        simulation.expect(
                row.measured(wire.passed + " fragments without a head: no more than " + WAITING_MAX + " wait, " + full
                                + " sent away, " + carried + " kept; all 20 messages come out when the heads do")
                        .passed(full > 0 && carried == 0),
                full + " sent away, " + carried + " kept");
    }

    /** Lets no head pass. */
    private static final class Headless implements Middlebox {

        private int passed;

        @Override
        public byte[] pass(int from, int to, byte[] bytes) {
            Decoded decoded = ShortForm.isShort(bytes)
                    ? ShortForm.read(bytes, ShortForm.ZEROS).decoded()
                    : Packet.decode(bytes);
            if (!(decoded instanceof Packet packet) || packet.type() != PacketType.PUBLISH) {
                return bytes;
            }
            if (packet.index() == 0) {
                return null;
            }
            passed++;
            return bytes;
        }
    }
}

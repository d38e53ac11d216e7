// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.gossip.packet.ShortForm;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.VirtualNetwork.Middlebox;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.TestInfo;

/** Each bit of a packet, turned over on the wire: the next node notices, and gets the packet again. */
class FlippedPacketsTest {

    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int PLAINTEXT = 100;
    private static final String DROPPED = "dropped ";

    @SeededTest(fixed = 1)
    void eachFlipOfAPacketIsNoticedByTheNextNodeAndMended(long seed, TestInfo test) {
        flip(1, Score.row("B1").part("packet").seed(seed).shownBy(test), seed, test);
    }

    /** All of it is told in full when it goes again. */
    @SeededTest(fixed = 1)
    void eachFlipOfAPacketThatGoesAgainIsNoticedByTheNextNodeAndMended(long seed, TestInfo test) {
        flip(2, Score.row("B1").part("packet that goes again").seed(seed).shownBy(test), seed, test);
    }

    /**
     * Of one packet of each message one bit is turned over on its way, of each the next one.
     *
     * @param sending which: those before it get lost
     */
    private static void flip(int sending, Score row, long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.run(Duration.ofSeconds(30));
        Flipper wire = new Flipper(sending);
        simulation.middlebox(wire);
        Set<Integer> unnoticed = new TreeSet<>();
        int bits = 0;
        do {
            tellAllNames(simulation);
            long before = rejected(simulation);
            wire.armedFor(bits++);
            Message message = simulation.publish(0, "all", PLAINTEXT);
            simulation.await("it is sent", BOUND, () -> !wire.isArmed());
            simulation.run(Duration.ofMillis(10));
            if (rejected(simulation) == before) {
                unnoticed.add(bits - 1);
            }
            simulation.await(
                    "it is mended",
                    BOUND,
                    () -> simulation.witnesses().deliveries().reached(message, simulation.node(1)));
        } while (bits < 8 * wire.size());
        simulation.middlebox((from, to, bytes) -> bytes);
        simulation.awaitDelivery(BOUND);
        row.measured((bits - unnoticed.size()) + " of " + bits + " flips rejected and mended, counted as "
                        + drops(simulation))
                .passed(unnoticed.isEmpty());
        simulation.expect(unnoticed.isEmpty(), "not noticed: " + unnoticed);
    }

    /** Who got something damaged has said so, and been told in full: from now on each packet is like the others again. */
    private static void tellAllNames(Simulation simulation) {
        for (int count = 0; count < 2; count++) {
            simulation.publish(0, "all", PLAINTEXT);
            simulation.run(Duration.ofSeconds(1));
        }
    }

    private static Map<String, Long> drops(Simulation simulation) {
        Map<String, Long> drops =
                new TreeMap<>(simulation.witnesses().observations().counts());
        drops.keySet().removeIf(name -> !name.startsWith(DROPPED) || name.equals(DROPPED + "duplicate"));
        return drops;
    }

    private static long rejected(Simulation simulation) {
        return drops(simulation).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Turns one bit of the next publication over. */
    private static final class Flipper implements Middlebox {

        private final int sending;
        private int toCome;
        private int bit = -1;
        private int size;

        Flipper(int sending) {
            this.sending = sending;
        }

        void armedFor(int next) {
            bit = next;
            toCome = sending;
        }

        boolean isArmed() {
            return bit >= 0;
        }

        /** Of the last one, in bytes. */
        int size() {
            return size;
        }

        @Override
        public byte[] pass(int from, int to, byte[] bytes) {
            if (!isArmed() || !ShortForm.isShort(bytes)) {
                return bytes;
            }
            if (--toCome > 0) {
                return null;
            }
            size = bytes.length;
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            bit = -1;
            return flipped;
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** What a mesh costs while nobody says anything, or hardly anything. */
class IdleTrafficTest {

    private static final int NODES = 10;

    /** Who has not found as many peers as it wants looks for them ever more rarely, and in the end every ten minutes. */
    private static final Duration SETTLING = Duration.ofMinutes(15);

    /** With the headers of IP and UDP, as field criterion D17 asks; the reference sends 4 kB/s at 16 peers. */
    private static final double BYTES_PER_NODE_SECOND_MAX = 50;

    @SeededTest(fixed = 3)
    void tenNodesWhisper(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, NODES));
        simulation.publish(0, "all", 200);
        simulation.run(SETTLING);
        Traffic traffic = simulation.witnesses().traffic();
        long bytesBefore = traffic.bytes();
        long datagramsBefore = traffic.datagrams();
        Duration measured = Duration.ofMinutes(10);
        simulation.run(measured);
        double nodeSeconds = (double) NODES * measured.toSeconds();
        double datagrams = (traffic.datagrams() - datagramsBefore) / nodeSeconds;
        double bytes = (traffic.bytes() - bytesBefore) / nodeSeconds + datagrams * Bandwidth.HEADER_BYTES;
        System.out.printf(
                Locale.ROOT,
                "idle: %d nodes, seed %d: %.1f B and %.2f datagrams for each node and second%n",
                NODES,
                seed,
                bytes,
                datagrams);
        simulation.expect(bytes > 0, "idle nodes keep in touch");
        simulation.expect(bytes < BYTES_PER_NODE_SECOND_MAX, "idle traffic of " + bytes + " B/s for each node");
    }

    /** A message of 200 bytes, sealed and with the headers of IP and UDP, takes 699. */
    private static final double BYTES_PER_MESSAGE_MAX = 1_800;

    /** Who has just met says what it is again and again, in case it got lost: not with whatever it asks. */
    @SeededTest(fixed = 3)
    void aMessageASecondCostsLittleMoreAlsoBetweenTwoWhoHaveJustMet(long seed, TestInfo test) {
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.run(Duration.ofSeconds(5));
        Traffic traffic = simulation.witnesses().traffic();
        long bytesBefore = traffic.bytes();
        long datagramsBefore = traffic.datagrams();
        int messages = 30;
        for (int count = 0; count < messages; count++) {
            simulation.publish(0, "all", 200);
            simulation.run(Duration.ofSeconds(1));
        }
        long datagrams = traffic.datagrams() - datagramsBefore;
        double bytes = (double) (traffic.bytes() - bytesBefore + datagrams * Bandwidth.HEADER_BYTES) / messages;
        System.out.printf(Locale.ROOT, "a message a second, seed %d: %.0f B for each message%n", seed, bytes);
        simulation.expect(bytes < BYTES_PER_MESSAGE_MAX, bytes + " B for each message");
        simulation.awaitDelivery(Duration.ofSeconds(10));
    }
}

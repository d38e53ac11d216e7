// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.TestInfo;

/** Links that are down for long, disks that are full for long, and power that fails again and again. */
class OutageTest {

    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final int CONTACTS_MAX = 100;

    @SeededTest(fixed = 3)
    void jammingForAnHourLosesAndDoublesNothing(long seed, TestInfo test) {
        jam(seed, test, "1 h", Duration.ofHours(1));
    }

    @SeededTest(fixed = 3)
    void jammingForADayLosesAndDoublesNothing(long seed, TestInfo test) {
        jam(seed, test, "24 h", Duration.ofHours(24));
    }

    /** One that came out twice would have ended the run. */
    private static void jam(long seed, TestInfo test, String part, Duration window) {
        Score row = Score.row("D3")
                .part(part)
                .passValue("1000/1000, 0 dup")
                .seed(seed)
                .shownBy(test);
        int messages = 1_000;
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 3));
        simulation.run(Duration.ofSeconds(15));
        simulation.reachability().contact();
        for (int count = 0; count < messages; count++) {
            simulation.publish(count % 3, "all", 200, Duration.ofDays(7));
            simulation.run(window.dividedBy(messages));
        }
        simulation.heal();
        long healedMs = simulation.nowMs();
        simulation.awaitDelivery(BOUND);
        long lastMs = simulation.nowMs() - healedMs;
        simulation.expect(
                row.measured(String.format(
                                Locale.ROOT,
                                "%d/%d at each, 0 dup, the last %.1f s after link up",
                                messages,
                                messages,
                                lastMs / 1_000.0))
                        .passed(simulation.witnesses().deliveries().count() == 2 * messages),
                "all at both others");
    }

    /** Of ten that row D3 allows; 9 were needed when the receiver did not take what came to it as a sign of life. */
    private static final long LAST_MS_MAX = 7_000;

    /** The receiver hears nothing for a minute, and the sender is switched off when it hears again. */
    @SeededTest(fixed = 10)
    void carrierMakesUpForASenderThatIsSwitchedOffAtTheMomentOfReturn(long seed, TestInfo test) {
        Score row = Score.row("D3")
                .part("60 s, sender gone, simulated")
                .passValue("1000/1000, 0 dup, last message < 7 s after link up")
                .seed(seed)
                .shownBy(test);
        int messages = 1_000;
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        simulation.bootstrap(0, 1);
        simulation.bootstrap(2, 0, 1);
        simulation.subscribe("all", 0, 1);
        simulation.startAll(Duration.ofSeconds(5));
        simulation.run(Duration.ofSeconds(15));
        simulation.reachability().cutOneWay(0, 1);
        simulation.reachability().cutOneWay(2, 1);
        for (int count = 0; count < messages; count++) {
            simulation.publish(0, "all", 200);
            simulation.run(Duration.ofMillis(40));
        }
        simulation.run(Duration.ofSeconds(20));
        simulation.crash(0);
        simulation.mend(0, 1);
        simulation.mend(2, 1);
        long mendedMs = simulation.nowMs();
        simulation.await(
                "a first", BOUND, () -> simulation.witnesses().deliveries().count() > 0);
        long firstMs = simulation.nowMs() - mendedMs;
        simulation.await("all", BOUND, () -> simulation.witnesses().deliveries().count() == messages);
        long lastMs = simulation.nowMs() - mendedMs;
        simulation.expect(
                row.measured(String.format(
                                Locale.ROOT,
                                "%d/%d, 0 twice, first after %.1f s, last after %.1f s",
                                simulation.witnesses().deliveries().count(),
                                messages,
                                firstMs / 1_000.0,
                                lastMs / 1_000.0))
                        .passed(lastMs < LAST_MS_MAX),
                "the last after " + lastMs + " ms");
    }

    /** Ten times what two idle nodes sent was 750 before pulses; 240 are measured. */
    private static final double BUSY_MAX = 500;

    @SeededTest(fixed = 3)
    void neighbourThatCannotStoreIsSentAllWhenItCan(long seed, TestInfo test) {
        Score row = Score.row("B9")
                .passValue("retained, retried, less than 500 B/s meanwhile")
                .seed(seed)
                .shownBy(test);
        int messages = 100;
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.run(Duration.ofSeconds(15));
        double idle = bytesPerSecond(simulation, Duration.ofMinutes(10));
        simulation.disk(false, 1);
        for (int count = 0; count < messages; count++) {
            simulation.publish(0, "all", 200);
            simulation.run(Duration.ofMillis(50));
        }
        simulation.run(Duration.ofMinutes(1));
        double busy = bytesPerSecond(simulation, Duration.ofMinutes(10));
        int retained = simulation.node(0).store().packetIds().size();
        boolean owed = simulation.node(0).engine().orElseThrow().backlogBytes() > 0;
        simulation.disk(true, 1);
        simulation.awaitConvergence(BOUND);
        int retried = simulation.node(1).store().packetIds().size();
        simulation.expect(
                row.measured(String.format(
                                Locale.ROOT,
                                "%d/%d retained as backlog, %d/%d kept when the disk works again, %.0f B/s meanwhile"
                                        + " (idle %.0f B/s)",
                                retained,
                                messages,
                                retried,
                                messages,
                                busy,
                                idle))
                        .passed(retained == messages && owed && retried == messages && busy <= BUSY_MAX),
                "retained " + retained + ", retried " + retried + ", " + busy + " B/s, idle " + idle);
    }

    private static double bytesPerSecond(Simulation simulation, Duration time) {
        long before = simulation.witnesses().traffic().bytes();
        simulation.run(time);
        return (double) (simulation.witnesses().traffic().bytes() - before) / time.toSeconds();
    }

    /**
     * Each contact is long enough for a fifth of it all, and in each the receiver's power fails.
     */
    @SeededTest(fixed = 3)
    void nodeThatRestartsInEachContactGetsFurtherInEach(long seed, TestInfo test) {
        Score row = Score.row("D13").seed(seed).shownBy(test);
        Simulation simulation = Stages.mesh(Stages.options(test, seed, 2));
        simulation.bandwidth(Bandwidth.ofBits(64_000), 0, 1);
        simulation.run(Duration.ofSeconds(15));
        simulation.partition(1);
        for (int count = 0; count < 200; count++) {
            simulation.publish(0, "all", 800);
        }
        simulation.publish(0, "all", 300_000);
        simulation.run(Duration.ofSeconds(5));
        int all = simulation.node(0).store().packetIds().size();
        int contacts = 0;
        int idle = 0;
        int held = 0;
        while (held < all && contacts < CONTACTS_MAX) {
            contact(simulation);
            contacts++;
            int now = simulation.node(1).store().packetIds().size();
            idle += now > held ? 0 : 1;
            held = now;
        }
        row.measured("progress in " + (contacts - idle) + " of " + contacts + " contacts, " + held + " of " + all
                        + " packets")
                .passed(idle == 0 && held == all);
        simulation.expect(idle == 0 && held == all, idle + " contacts in vain, " + held + " of " + all + " packets");
    }

    private static void contact(Simulation simulation) {
        long upMs = simulation.chance("contact at " + simulation.nowMs()).nextLong(3_000, 12_000);
        simulation.heal();
        simulation.run(Duration.ofMillis(upMs));
        simulation.crash(1);
        simulation.run(Duration.ofMillis(500));
        simulation.start(1);
        simulation.run(Duration.ofMillis(15_000 - upMs));
        simulation.partition(1);
        simulation.run(Duration.ofSeconds(45));
    }

    /** Who sent them has gone for ever, and who kept them is no member. */
    @SeededTest
    void archivePeerGivesALateJoinerAll(long seed, TestInfo test) {
        Score row = Score.row("A21").seed(seed).shownBy(test);
        int messages = 200;
        Simulation simulation = Stages.simulation(Stages.options(test, seed, 3));
        simulation.bootstrap(0, 1);
        simulation.bootstrap(2, 1);
        simulation.subscribe("members", 0, 2);
        simulation.start(0, 1);
        simulation.run(Duration.ofSeconds(15));
        for (int count = 0; count < messages; count++) {
            simulation.publish(0, "members", count % 20 == 0 ? 20_000 : 200, Duration.ofDays(30));
            simulation.run(Duration.ofMillis(200));
        }
        simulation.run(Duration.ofMinutes(1));
        simulation.crash(0);
        simulation.wipe(0);
        simulation.run(Duration.ofDays(20));
        simulation.crash(1);
        simulation.start(1, 2);
        simulation.run(Duration.ofMinutes(2));
        long got = simulation.messages().stream()
                .filter(message -> reached(simulation, message))
                .count();
        simulation.expect(
                row.measured(got + "/" + messages + " after 20 days").passed(got == messages), got + " of " + messages);
    }

    private static boolean reached(Simulation simulation, Message message) {
        return simulation.witnesses().deliveries().reached(message, simulation.node(2));
    }
}

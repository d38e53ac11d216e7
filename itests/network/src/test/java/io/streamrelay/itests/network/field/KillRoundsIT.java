// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.Figures;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A gateway is killed over and over, at moments that a seed draws, while 200 messages a second pass.
 *
 * <pre>
 * publisher ─ broker ─ gateway ═══ gateway ─ broker ─ reader
 *                       killed
 * </pre>
 *
 * The brokers go on, so that what is acknowledged waits there for a gateway that comes back. Part of every build, with
 * 25 kills in each test, which take a minute; {@code -Dfield.rounds=500} has those of a night. One test after the other
 * and no other beside them: virtual machines that start at once leave the bridges no time before the next kill.
 */
@NeedsLab
@Isolated
class KillRoundsIT {

    private static final int ROUNDS = Integer.getInteger("field.rounds", 25);
    private static final long SEED = Long.getLong("field.seed", 4);
    private static final int PER_SECOND = 200;
    private static final int LIFE_MS_MAX = 2_000;
    /**
     * When so many wait, the gateway is left alone until it has caught up: it lives less than half of the time, and
     * Mosquitto before 2.0.14 uses identifiers twice when more than 65,535 messages wait for one that comes back.
     */
    private static final int BEHIND_MAX = 10_000;

    private static final int CAUGHT_UP = BEHIND_MAX / 10;
    private static final Duration CATCHING_UP_MAX = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(4);

    private static final Topic[] TOPICS = {
        new Topic("field/five/once", 2),
        new Topic("field/three/once", 2),
        new Topic("field/five/least", 1),
        new Topic("field/three/least", 1)
    };

    @Test
    void nothingAcknowledgedIsLostOrDoubledByAGatewayThatIsKilled(TestInfo test) throws Exception {
        Score row = Score.row("A1")
                .part("kill -9 while messages pass")
                .passValue("0 lost, 0 twice")
                .shownBy(test);
        Tally tally = rounds("kill", "kills-of-the-sender", row, (here, there) -> here);
        assertTrue(row.passed(tally.isExact()), tally::toString);
    }

    /** Routes of QoS 2 hand over exactly once what was published with QoS 1, too: a broker would not know it again. */
    @Test
    void nothingIsLostOrDoubledByAReceiverThatIsKilled(TestInfo test) throws Exception {
        Score row = Score.row("A1")
                .part("kill -9 of the receiver while messages pass")
                .passValue("0 lost, 0 twice")
                .shownBy(test);
        Tally tally = rounds("killed", "kills-of-the-receiver", row, (here, there) -> there);
        assertTrue(row.passed(tally.isExact()), tally::toString);
    }

    private static Tally rounds(String labName, String part, Score row, BinaryOperator<PlainGateway> victim)
            throws Exception {
        try (Lab lab = Lab.open(labName)) {
            LocalNetwork lan = lab.lan("lan");
            PlainGateway there = PlainGateway.on(lan.host("there"), setup());
            PlainGateway here = PlainGateway.on(lan.host("here"), setup().peers(there.host()));
            here.awaitReaches(there);
            try (Reader reader = there.reader("field/#");
                    Publisher publisher = Publisher.steady(here.brokerUrl(), PER_SECOND, TOPICS)) {
                killAndStart(victim.apply(here, there), () -> publisher.acknowledged() - reader.heard());
                Set<Sent> acknowledged = publisher.stop();
                Tally tally = Tally.drained(reader, acknowledged, PATIENCE, QUIET);
                String figure = "%s over %d kills under %d messages/s (seed %d); twice: %s"
                        .formatted(tally.figure(), ROUNDS, PER_SECOND, SEED, byTopic(tally.doubled()));
                row.measured(figure);
                Figures.publish(part, List.of(part.replace('-', ' ') + ": " + figure));
                return tally;
            }
        }
    }

    private static Setup setup() {
        return Setup.member("kill").bridge("five", "5").bridge("three", "3.1.1");
    }

    private static void killAndStart(PlainGateway gateway, IntSupplier behind) throws InterruptedException {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Field.pass(Duration.ofMillis(random.nextInt(LIFE_MS_MAX)));
            gateway.kill();
            gateway.start();
            if (behind.getAsInt() > BEHIND_MAX) {
                System.out.printf("after %d kills %d messages wait%n", round + 1, behind.getAsInt());
                assertTrue(
                        Await.comes(CATCHING_UP_MAX, () -> behind.getAsInt() < CAUGHT_UP),
                        () -> behind.getAsInt() + " messages wait still");
            }
        }
    }

    private static Object byTopic(Collection<Sent> messages) {
        return messages.stream().collect(Collectors.groupingBy(Sent::topic, Collectors.counting()));
    }
}

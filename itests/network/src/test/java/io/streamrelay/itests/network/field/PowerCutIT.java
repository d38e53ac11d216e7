// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Reader.Reading;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.LoopDisk;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A gateway's power is cut at moments that a seed draws, while it takes messages that nobody else has: what the kernel had
 * not written is gone, which {@code kill -9} alone would leave.
 *
 * <p>What the gateway has acknowledged is what its broker does not hold for it any more; so all of that must come from the
 * disk.
 */
@NeedsLab
@Execution(ExecutionMode.CONCURRENT)
class PowerCutIT {

    private static final int ROUNDS = Integer.getInteger("field.cuts", 4);
    private static final long SEED = Long.getLong("field.seed", 4);
    private static final int DISK_MEGABYTES = 32;
    private static final int PER_SECOND = 200;
    private static final int LIFE_MS_MIN = 300;
    private static final int LIFE_MS_MAX = 2_000;
    private static final String READINGS = "field/five/round/";
    /** In the broker's session behind all others. */
    private static final String LAST = "field/five/last";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Test
    void whatWasAcknowledgedIsOnTheDisk(TestInfo test) throws Exception {
        Score row = Score.row("A1")
                .part("power cut while messages come")
                .passValue("0 lost, 0 twice")
                .shownBy(test);
        Random random = new Random(SEED);
        Set<Sent> safe = new TreeSet<>();
        try (Neighbours both = Neighbours.open("power")) {
            PlainGateway here = both.here();
            here.kill();
            try (LoopDisk disk = LoopDisk.under(here.dataFolder(), DISK_MEGABYTES);
                    Reader reader = both.there().reader(READINGS + "#")) {
                here.start();
                int cuts = 0;
                boolean allCame = true;
                while (allCame && cuts < ROUNDS) {
                    both.silence();
                    Set<Sent> acknowledged = acknowledgedUntilCut(here, READINGS + cuts, disk, random);
                    assertFalse(acknowledged.isEmpty(), "nothing was acknowledged before the cut");
                    safe.addAll(acknowledged);
                    cuts++;
                    disk.powerUp();
                    both.hear();
                    here.start();
                    allCame = Await.comes(PATIENCE, () -> reader.heard() >= safe.size());
                }
                Tally tally = Tally.of(reader, safe, PATIENCE, QUIET);
                row.measured("%s over %d power cuts under %d messages/s (seed %d)"
                        .formatted(tally.figure(), cuts, PER_SECOND, SEED));
                assertTrue(row.passed(tally.isExact()), () -> tally + ", see " + here.log());
            }
        }
    }

    /** Kills the gateway while messages come, cuts the power before the kernel writes what it holds back, and says what it had acknowledged by then. */
    private static Set<Sent> acknowledgedUntilCut(PlainGateway gateway, String topic, LoopDisk disk, Random random)
            throws Exception {
        Set<Sent> published;
        try (Publisher publisher = Publisher.steady(gateway.brokerUrl(), PER_SECOND, new Topic(topic, 1))) {
            assertTrue(Await.comes(PATIENCE, () -> sent(gateway) > 0), () -> "it takes nothing, see " + gateway.log());
            Field.pass(Duration.ofMillis(random.nextInt(LIFE_MS_MIN, LIFE_MS_MAX)));
            // First: what is being forced while an ext4 is shut down may be called safe, which a power cut lets nobody
            // hear.
            gateway.kill();
            disk.cutPower();
            published = publisher.stop();
        }
        published.removeAll(unacknowledged(gateway, topic));
        return published;
    }

    /** Since its start: what its store has committed. */
    private static long sent(PlainGateway gateway) {
        return gateway.stats().get("counters").path("sent.messages").asLong();
    }

    /** What the broker holds for its gateway: it is looked for in the gateway's place. */
    private static Set<Sent> unacknowledged(PlainGateway gateway, String readings) throws Exception {
        Publisher.publish(gateway.brokerUrl(), LAST, 1);
        String client = "streamrelay-" + gateway.id().substring(0, 12) + "-five";
        Set<Sent> held = new TreeSet<>();
        try (Reader session = new Reader(gateway.brokerUrl(), LAST, client, false)) {
            boolean isLast = false;
            while (!isLast) {
                List<Reading> next = session.take(1, PATIENCE);
                assertEquals(1, next.size(), "the session has not what was published last");
                String topic = next.get(0).topic();
                isLast = topic.equals(LAST);
                if (topic.equals(readings)) {
                    held.add(new Sent(Payloads.number(next.get(0).payload()), topic));
                }
            }
        }
        return held;
    }
}

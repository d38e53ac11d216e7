// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.process.WholeGateway;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/** Two whole gateways, whose brokers are killed with them. */
@InTheField
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeGatewaysIT {

    private static final int KILLS = Field.count(3, 25);
    private static final long SEED = Long.getLong("field.seed", 4);
    private static final int PER_SECOND = 200;
    private static final int LIFE_MS_MAX = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static WholePair both;

    @BeforeAll
    static void start() throws Exception {
        both = WholePair.open("whole", 2);
    }

    @AfterAll
    static void stop() {
        if (both != null) {
            both.close();
        }
    }

    @Test
    @Order(1)
    void whatWasAcceptedOutlivesAKillOfEachNodeBeforeTheyMeet(TestInfo test) throws Exception {
        Score row = Score.row("A1").shownBy(test);
        both.here().host().unplug();
        Set<Sent> acknowledged = Publisher.publish(both.here().brokerUrl(), "demo/kept", 1_000);
        restart(both.here());
        restart(both.there());
        try (Reader reader = both.there().reader("demo/kept")) {
            both.here().host().plug();
            Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
            row.measured(tally.figure());
            assertTrue(row.passed(tally.isExact()), tally::toString);
        }
    }

    private static void restart(WholeGateway gateway) throws Exception {
        gateway.kill();
        gateway.start();
        gateway.awaitReady();
    }

    @Test
    @Order(2)
    void nothingAcknowledgedIsLostOrDoubledWhenAGatewayIsKilledWithItsBroker(TestInfo test) throws Exception {
        Score row = Score.row("A1")
                .part("kill -9 with the broker")
                .passValue("0 lost, 0 twice")
                .shownBy(test);
        Random random = new Random(SEED);
        try (Reader reader = both.there().reader("demo/killed/#");
                Publisher publisher = Publisher.steady(
                        both.here().brokerUrl(),
                        PER_SECOND,
                        new Topic("demo/killed/least", 1),
                        new Topic("demo/killed/once", 2))) {
            for (int kill = 0; kill < KILLS; kill++) {
                publisher.awaitAcknowledged(publisher.acknowledged() + 1, PATIENCE);
                Field.pass(Duration.ofMillis(random.nextInt(LIFE_MS_MAX)));
                restart(both.here());
            }
            publisher.awaitAcknowledged(publisher.acknowledged() + 1, PATIENCE);
            Tally tally = Tally.of(reader, publisher.stop(), PATIENCE, QUIET);
            row.measured("%s over %d kills under %d messages/s (seed %d)"
                    .formatted(tally.figure(), KILLS, PER_SECOND, SEED));
            row.passed(tally.isExact());
            assertEquals(Set.of(), tally.lost(), tally::toString);
            assertEquals(List.of(), tally.doubled(), tally::toString);
        }
    }
}

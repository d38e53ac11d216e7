// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The broker that a gateway hands over to stands still, with its connections open, while more is published elsewhere
 * than the gateways' stores of packets hold, or while the gateway is killed: it waits in the outbox, and comes when the
 * broker goes on.
 */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class StandstillIT {

    private static final String READER = "reader";

    /** 200 bytes each: twice what a store of packets holds, headers included. */
    private static final int COUNT = Field.count(8_000, 20_000);

    private static final String STORE_MEGABYTES = "1";

    /** As the criterion has it of a subscriber that is away. */
    private static final int FEW = 100;

    /** Longer than anything here waits for a broker's answer. */
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @Test
    void allThatWasAcknowledgedComesOnceWhenABrokerThatStoodStillGoesOn(TestInfo test) throws Exception {
        Score row = Score.row("A18")
                .part("broker stands still for %d min".formatted(STANDSTILL.toMinutes()))
                .passValue("all, none twice, in order, by itself")
                .shownBy(test);
        try (Neighbours both =
                Neighbours.open("still", LinkQuality.PERFECT, setup -> setup.node("storeMegabytes", STORE_MEGABYTES))) {
            Mosquitto broker = both.there().broker();
            new Reader(broker.url(), Neighbours.TOPICS, READER, false).close();
            broker.standStill();
            Set<Sent> acknowledged;
            try {
                acknowledged = publish(both, COUNT);
                both.there().awaitOutbox(COUNT, PATIENCE);
                Field.pass(STANDSTILL);
            } finally {
                broker.goOn();
            }
            judge(row, both.there(), acknowledged);
        }
    }

    /** The bridge's subscription, and what has come for it, outlive the node's end. */
    @Test
    void whatWaitsForABrokerThatStandsStillOutlivesAKill(TestInfo test) throws Exception {
        Score row = Score.row("A5")
                .part("node killed while its broker stands still")
                .passValue("100/100, 0 dup, in order")
                .shownBy(test);
        try (Neighbours both = Neighbours.open("firm")) {
            Mosquitto broker = both.there().broker();
            new Reader(broker.url(), Neighbours.TOPICS, READER, false).close();
            broker.standStill();
            Set<Sent> acknowledged;
            try {
                acknowledged = publish(both, FEW);
                both.there().awaitOutbox(FEW, PATIENCE);
                both.there().kill();
                both.there().start();
                both.there().awaitOutbox(FEW, PATIENCE);
            } finally {
                broker.goOn();
            }
            judge(row, both.there(), acknowledged);
        }
    }

    /** With QoS 2: what was on its way to the broker when a connection ends comes once. */
    private static Set<Sent> publish(Neighbours both, int count) {
        try (Publisher publisher =
                new Publisher(both.here().brokerUrl(), 2_000, 200, count, new Topic(Neighbours.TOPIC, 2))) {
            return publisher.awaitAll();
        }
    }

    /** The broker has gone on just now. */
    private static void judge(Score row, PlainGateway gateway, Set<Sent> acknowledged) throws Exception {
        long wentOnNs = System.nanoTime();
        // Mosquitto 2.0.11 lets what comes overtake what it has queued, while it hands that to a reader that is back.
        gateway.awaitOutbox(0, PATIENCE);
        double seconds = (System.nanoTime() - wentOnNs) / 1e9;
        try (Reader reader = new Reader(gateway.brokerUrl(), Neighbours.TOPICS, READER, false)) {
            Tally tally = Tally.drained(reader, acknowledged, PATIENCE, QUIET);
            row.measured("%s, %d late, with the broker after %.0f s"
                    .formatted(tally.figure(), tally.late().size(), seconds));
            assertTrue(row.passed(tally.isExact() && tally.isOrdered()), tally::toString);
        }
    }
}

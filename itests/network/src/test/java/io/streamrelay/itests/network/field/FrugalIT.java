// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What gateways cost: a line when nobody says anything, and a flash card when somebody does. */
@InTheField
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class FrugalIT {

    private static final int PEERS = 10;
    private static final Duration IDLE = Duration.ofMinutes(10);
    /** Until each knows what stands before it, whom else there is, and that all know it. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private static final double IDLE_BYTES_MAX = 50;
    private static final double WEAR_MAX = 1.3;
    /** Pages of a database are written whole, first to its log and then to their place. */
    private static final double WEAR_TODAY = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @Test
    void tenThatHaveNothingToSayCostLittle(TestInfo test) throws Exception {
        Score row = Score.row("D17").shownBy(test);
        try (Lab lab = Lab.open("idle")) {
            LocalNetwork lan = lab.lan("lan");
            List<PlainGateway> all = new ArrayList<>();
            Host first = lan.host("peer-0");
            all.add(PlainGateway.on(first, Setup.member("idle")));
            for (int i = 1; i < PEERS; i++) {
                all.add(PlainGateway.on(
                        lan.host("peer-" + i), Setup.member("idle").peers(first)));
            }
            for (PlainGateway peer : all) {
                assertTrue(Await.comes(PATIENCE, () -> peer.stats().get("peers").size() >= 3), "too few peers");
            }
            Field.pass(SETTLING);
            all.forEach(peer -> peer.host().countIp());
            long frames =
                    all.stream().mapToLong(peer -> peer.host().bytesSent()).sum();
            Field.pass(IDLE);
            double bytes = eachSecond(
                    all.stream().mapToLong(peer -> peer.host().ipBytesSent()).sum());
            double framed = eachSecond(
                    all.stream().mapToLong(peer -> peer.host().bytesSent()).sum() - frames);
            double peers = all.stream()
                    .mapToInt(peer -> peer.stats().get("peers").size())
                    .average()
                    .orElse(0);
            row.measured(
                    ("%.0f B/s sent by each node with %.1f peers, over %d min from the third on, with the headers of IP and UDP;"
                                    + " %.0f with those of Ethernet and its ARP")
                            .formatted(bytes, peers, IDLE.toMinutes(), framed));
            row.passed(bytes <= IDLE_BYTES_MAX);
            assertTrue(bytes <= IDLE_BYTES_MAX, () -> bytes + " B/s");
        }
    }

    private static double eachSecond(long bytes) {
        return (double) bytes / PEERS / IDLE.toSeconds();
    }

    @Test
    void whatIsWrittenToDiskIsHardlyMoreThanThePayload(TestInfo test) throws Exception {
        Score row = Score.row("D20").shownBy(test);
        try (Neighbours both = Neighbours.open("flash");
                Reader reader = both.there().reader(Neighbours.TOPICS)) {
            double small = wear(both, reader, 200, Field.count(5_000, 20_000));
            double large = wear(both, reader, 1_000, Field.count(2_000, 10_000));
            row.measured("sender %.2f bytes for each of payload at 200 B, %.2f at 1 kB".formatted(small, large));
            row.passed(small <= WEAR_MAX && large <= WEAR_MAX);
            assertTrue(small < WEAR_TODAY && large < WEAR_TODAY, small + " and " + large);
        }
    }

    private static double wear(Neighbours both, Reader reader, int bytes, int count) throws Exception {
        long before = DiskWrites.of(both.here().pid());
        try (Publisher publisher =
                new Publisher(both.here().brokerUrl(), 5_000, bytes, count, new Topic(Neighbours.TOPIC, 1))) {
            Set<Sent> sent = publisher.awaitAll();
            Tally tally = Tally.of(reader, sent, PATIENCE, QUIET);
            assertTrue(tally.lost().isEmpty(), tally::toString);
        }
        return (DiskWrites.of(both.here().pid()) - before) / ((double) bytes * count);
    }
}

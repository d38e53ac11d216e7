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
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.simulator.score.Score;
import java.io.IOException;
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

    /** What an index may cost beside: our own choice, half of the payload. */
    private static final double WITH_INDEX_MAX = 1.8;

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

    /**
     * What a node writes for each byte of payload.
     *
     * @param all as Linux counts it for the process, in whole pages
     * @param log of that the log, with all that messages need to be safe; the rest is the database, their index
     */
    private record Wear(double all, double log) {

        @Override
        public String toString() {
            return "%.2f (%.2f with the index)".formatted(log, all);
        }
    }

    @Test
    void whatIsWrittenToDiskIsHardlyMoreThanThePayload(TestInfo test) throws Exception {
        Score row = Score.row("D20").shownBy(test);
        try (Neighbours both = Neighbours.open("flash", LinkQuality.PERFECT, Setup::atLeastOnce);
                Reader reader = both.there().reader(Neighbours.TOPICS)) {
            Wears small = wear(both, reader, 200, Field.count(5_000, 20_000));
            Wears large = wear(both, reader, 1_000, Field.count(2_000, 10_000));
            row.measured("sender %s bytes for each of payload at 200 B, %s at 1 kB; receiver %s and %s"
                    .formatted(small.sender(), large.sender(), small.receiver(), large.receiver()));
            boolean passed = small.sender().log() <= WEAR_MAX && large.sender().log() <= WEAR_MAX;
            row.passed(passed);
            assertTrue(
                    passed
                            && small.sender().all() <= WITH_INDEX_MAX
                            && large.sender().all() <= WITH_INDEX_MAX,
                    small + " and " + large);
        }
    }

    /** What both ends write: the receiver has what waits for its broker, too. */
    private record Wears(Wear sender, Wear receiver) {}

    /** Bytes that a gateway has written since its start, and of these the log's. */
    private record Written(long all, long log) {

        static Written by(PlainGateway gateway) throws IOException {
            return new Written(
                    DiskWrites.of(gateway.pid()),
                    gateway.stats()
                            .get("counters")
                            .get("store.log.written.bytes")
                            .asLong());
        }

        Wear since(Written before, double payload) {
            return new Wear((all - before.all) / payload, (log - before.log) / payload);
        }
    }

    private static Wears wear(Neighbours both, Reader reader, int bytes, int count) throws Exception {
        Written here = Written.by(both.here());
        Written there = Written.by(both.there());
        try (Publisher publisher =
                new Publisher(both.here().brokerUrl(), 5_000, bytes, count, new Topic(Neighbours.TOPIC, 1))) {
            Set<Sent> sent = publisher.awaitAll();
            Tally tally = Tally.of(reader, sent, PATIENCE, QUIET);
            assertTrue(tally.lost().isEmpty(), tally::toString);
        }
        double payload = (double) bytes * count;
        return new Wears(
                Written.by(both.here()).since(here, payload),
                Written.by(both.there()).since(there, payload));
    }
}

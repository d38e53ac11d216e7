// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.PropertyReader.Arrival;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Links that go without a word, for a minute, and come back. */
@InTheField
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class OutageIT {

    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration BLIND = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    /** From this age on a message is marked as historical. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** For the ways from the publisher to the sending node and from the other one to the reader, on a busy machine. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final int MARKED_MIN = 20;

    private static final String FRESH_TOPIC = "field/five/fresh";

    /** So slow that what waits takes half a minute. */
    private static final int BACKLOG_KILOBITS = 128;

    /** So large that headers and properties are little of it. */
    private static final int BACKLOG_BYTES = 4_000;

    private static final int BACKLOG_COUNT = 100;

    /** With the headers, of which each packet has its own. */
    private static final double RATE_MIN = 0.7;

    /** With what is new, and what the two nodes say to each other. */
    private static final double RATE_MAX = 1.2;

    /** A message waits so long for what its sender has sent before it, and that comes later; 3 s are for a busy machine. */
    private static final Duration FRESH_MAX = SubclusterOptions.DEFAULT_ORDER_WAIT.plusSeconds(3);

    /** One a second, while the backlog is coming. */
    private static final int FRESH_MIN = 15;

    private static final int COUNT = 1_000;
    private static final double LAST_SECONDS_MAX = 10;

    /** Those of the outage are published while it lasts. */
    private static Publisher during(Neighbours both) {
        return new Publisher(both.here().brokerUrl(), 25, 200, COUNT, new Topic(Neighbours.TOPIC, 1));
    }

    @Test
    void anOutageOfAMinuteIsMadeUpForWithinTenSeconds(TestInfo test) throws Exception {
        Score row = Score.row("D3").part("60 s").shownBy(test);
        try (Neighbours both = Neighbours.open("outage");
                Reader reader = both.there().reader(Neighbours.TOPICS)) {
            both.silence();
            Set<Sent> acknowledged = publishDuringTheOutage(both);
            long upNs = both.hear();
            Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
            judge(row, tally, upNs, both);
        }
    }

    /** The sender is switched off when the receiver is back; a stranger has what it sent. */
    @Test
    void aCarrierMakesUpForASenderThatIsSwitchedOffAtTheMomentOfReturn(TestInfo test) throws Exception {
        Score row = Score.row("D3").part("60 s, sender gone").shownBy(test);
        try (Neighbours both = Neighbours.open("gone");
                PlainGateway carrier = both.carrier("gone");
                Reader reader = both.there().reader(Neighbours.TOPICS)) {
            both.there().host().deafen();
            carrier.awaitReaches(both.here());
            Set<Sent> acknowledged = publishDuringTheOutage(both);
            both.here().kill();
            both.here().host().unplug();
            both.there().host().listen();
            long upNs = System.nanoTime();
            Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
            judge(row, tally, upNs, both);
        }
    }

    /** The time is for the score card; that nothing is lost, twice or late holds on a busy machine as well. */
    private static void judge(Score row, Tally tally, long upNs, Neighbours both) {
        boolean sound = tally.isExact() && tally.isOrdered();
        row.measured(figure(tally, upNs)).passed(sound && tally.lastSeconds(upNs) < LAST_SECONDS_MAX);
        assertTrue(sound, () -> tally + ", " + both.there().stats());
    }

    private static String figure(Tally tally, long upNs) {
        return "%s, %d late, first after %.1f s, last after %.1f s"
                .formatted(tally.figure(), tally.late().size(), tally.silentSeconds(upNs), tally.lastSeconds(upNs));
    }

    private static Set<Sent> publishDuringTheOutage(Neighbours both) throws InterruptedException {
        long beginNs = System.nanoTime();
        Set<Sent> acknowledged;
        try (Publisher publisher = during(both)) {
            acknowledged = publisher.awaitAll();
        }
        assertEquals(COUNT, acknowledged.size());
        Field.pass(OUTAGE.minusNanos(System.nanoTime() - beginNs));
        return acknowledged;
    }

    /** While what has waited comes at the rate that it was given, what is new does not wait for it. */
    @Test
    void whatIsNewDoesNotWaitForABacklogThatComesAtItsRate(TestInfo test) throws Exception {
        Score row = Score.row("D3")
                .part("backlog at %d kbit/s".formatted(BACKLOG_KILOBITS))
                .passValue("all, none twice; what is new after %d s at the most; backlog at %.1f to %.1f times its rate"
                        .formatted(FRESH_MAX.toSeconds(), RATE_MIN, RATE_MAX))
                .shownBy(test);
        String rate = Integer.toString(BACKLOG_KILOBITS);
        try (Neighbours both = Neighbours.open(
                        "rate", LinkQuality.PERFECT, setup -> setup.node("backlogKilobitsPerSecond", rate));
                Reader reader = both.there().reader(Neighbours.TOPIC);
                Reader freshReader = both.there().reader(FRESH_TOPIC)) {
            both.silence();
            // What is sent before the silence shows is no backlog.
            Field.pass(BLIND);
            Set<Sent> waiting = publishBacklog(both);
            both.hear();
            // Until it hears the other it cannot tell what is new from what waits.
            assertTrue(
                    Await.comes(PATIENCE, () -> reader.heard() > 0),
                    () -> "nothing comes: " + both.here().stats());
            Set<Sent> fresh;
            Backlog backlog;
            try (Publisher publisher = Publisher.steady(both.here().brokerUrl(), 1, new Topic(FRESH_TOPIC, 1))) {
                backlog = Backlog.measured(both, reader);
                fresh = publisher.stop();
            }
            Tally old = Tally.of(reader, waiting, PATIENCE, QUIET);
            Tally news = Tally.of(freshReader, fresh, PATIENCE, QUIET);
            long meanwhile = news.cameBy(backlog.endNs());
            row.measured(
                    "%s in %.0f s at %.0f kbit/s, on the line %.0f; new: %s, %d of them meanwhile, the slowest after %.1f s"
                            .formatted(
                                    old.figure(),
                                    backlog.seconds(),
                                    backlog.payloadKilobits(),
                                    backlog.lineKilobits(),
                                    news.figure(),
                                    meanwhile,
                                    news.slowestSeconds()));
            boolean sound = old.isExact()
                    && news.isExact()
                    && meanwhile >= FRESH_MIN
                    && news.slowestSeconds() <= FRESH_MAX.toSeconds()
                    && backlog.payloadKilobits() >= RATE_MIN * BACKLOG_KILOBITS
                    && backlog.lineKilobits() <= RATE_MAX * BACKLOG_KILOBITS;
            assertTrue(row.passed(sound), () -> old + "; new: " + news + "; " + backlog);
        }
    }

    private static Set<Sent> publishBacklog(Neighbours both) {
        try (Publisher publisher = new Publisher(
                both.here().brokerUrl(), 100, BACKLOG_BYTES, BACKLOG_COUNT, new Topic(Neighbours.TOPIC, 1))) {
            return publisher.awaitAll();
        }
    }

    /**
     * How a backlog came.
     *
     * @param payloadKilobits a second of its payloads alone
     * @param lineKilobits a second of all that the sender sent meanwhile, with the headers of IP and UDP
     * @param endNs when the last one came, or patience ended
     */
    private record Backlog(double seconds, double payloadKilobits, double lineKilobits, long endNs) {

        /** From now on, when the first ones have come. */
        static Backlog measured(Neighbours both, Reader reader) {
            Host sender = both.here().host();
            sender.countIp();
            int before = reader.heard();
            long beginNs = System.nanoTime();
            Await.comes(PATIENCE, () -> reader.heard() >= BACKLOG_COUNT);
            long endNs = System.nanoTime();
            long lineBytes = sender.ipBytesSent();
            long payloadBytes = (long) (reader.heard() - before) * BACKLOG_BYTES;
            double seconds = (endNs - beginNs) / 1e9;
            return new Backlog(seconds, kilobits(payloadBytes, seconds), kilobits(lineBytes, seconds), endNs);
        }

        private static double kilobits(long bytes, double seconds) {
            return bytes * 8 / 1e3 / seconds;
        }
    }

    /** Some are published long before the return, some shortly before it, and some after it. */
    @Test
    void whatComesLateSaysSoAndWhenItWasPublished(TestInfo test) throws Exception {
        Score row = Score.row("A17")
                .part("at an MQTT 5 broker")
                .passValue("all of those that are %d s old marked, with their time within %d s, and no others"
                        .formatted(LATE.toSeconds(), TOLERANCE.toSeconds()))
                .shownBy(test);
        try (Neighbours both = Neighbours.open("late");
                PropertyReader reader = new PropertyReader(both.there().brokerUrl(), Neighbours.TOPICS);
                Publisher publisher = Publisher.steady(both.here().brokerUrl(), 10, new Topic(Neighbours.TOPIC, 1))) {
            publisher.awaitAcknowledged(MARKED_MIN, PATIENCE);
            both.silence();
            Field.pass(LATE.multipliedBy(3));
            both.hear();
            publisher.awaitAcknowledged(publisher.acknowledged() + MARKED_MIN, PATIENCE);
            Set<Sent> missing = publisher.stop();
            Marks marks = new Marks();
            while (!missing.isEmpty()) {
                Arrival arrival = reader.next(PATIENCE);
                assertNotNull(arrival, () -> "lost " + missing);
                missing.remove(arrival.sent());
                marks.add(arrival);
            }
            row.measured(marks.figure());
            assertTrue(row.passed(marks.areRight()), marks::toString);
        }
    }

    /** What a broker's client is told of the age of messages. */
    private static final class Marks {

        private static final int SHOWN = 3;

        private final List<Arrival> wrong = new ArrayList<>();
        private int late;
        private int fresh;
        private long offMs;

        void add(Arrival arrival) {
            List<String> historical = arrival.values("streamrelay-historical");
            List<String> times = arrival.values("streamrelay-time");
            boolean unmarked = historical.isEmpty() && times.isEmpty();
            boolean marked = historical.equals(List.of("true")) && times.size() == 1 && isRight(times.get(0), arrival);
            boolean mayBeMarked = arrival.age().compareTo(LATE.minus(TOLERANCE)) >= 0;
            boolean mayBeUnmarked = arrival.age().compareTo(LATE.plus(TOLERANCE)) < 0;
            late += mayBeUnmarked ? 0 : 1;
            fresh += mayBeMarked ? 0 : 1;
            if (!(marked && mayBeMarked || unmarked && mayBeUnmarked)) {
                wrong.add(arrival);
            }
        }

        private boolean isRight(String time, Arrival arrival) {
            long off = Math.abs(Instant.parse(time).toEpochMilli() - arrival.publishedMs());
            offMs = Math.max(offMs, off);
            return off <= TOLERANCE.toMillis();
        }

        /** Where hardly any was late, or fresh, nothing is shown. */
        boolean areRight() {
            return wrong.isEmpty() && late >= MARKED_MIN && fresh >= MARKED_MIN;
        }

        String figure() {
            return "%d late, %d fresh, %d of all marked wrongly, times off by %d ms at the most"
                    .formatted(late, fresh, wrong.size(), offMs);
        }

        @Override
        public String toString() {
            return figure() + ": " + wrong.stream().limit(SHOWN).toList();
        }
    }

    @Test
    void nothingIsLostInTheBlindWindow(TestInfo test) throws Exception {
        Score row = Score.row("D4").shownBy(test);
        try (Neighbours both = Neighbours.open("blind");
                Reader reader = both.there().reader(Neighbours.TOPICS);
                Publisher publisher = Publisher.steady(both.here().brokerUrl(), 10, new Topic(Neighbours.TOPIC, 1))) {
            publisher.awaitAcknowledged(20, PATIENCE);
            both.silence();
            Field.pass(BLIND);
            both.hear();
            publisher.awaitAcknowledged(publisher.acknowledged() + 20, PATIENCE);
            Tally tally = Tally.of(reader, publisher.stop(), PATIENCE, QUIET);
            row.measured(tally.figure() + ", a window of " + BLIND.toSeconds() + " s");
            assertTrue(row.passed(tally.lost().isEmpty()), tally::toString);
            assertEquals(List.of(), tally.doubled(), tally::toString);
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.field.PropertyReader.Arrival;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
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
            return figure() + ": " + wrong;
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

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Reader.Reading;
import io.streamrelay.itests.network.field.Publisher.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of messages, at one reader.
 *
 * @param expected how many were acknowledged to who published them
 * @param lost those of them that did not come
 * @param doubled those that came more than once, whether acknowledged or not
 * @param late those that came after one of the same topic that was published later
 * @param arrivalsNs when those that were acknowledged came, by {@link System#nanoTime()}
 * @param slowestNs how long the slowest of those took from its publication on
 */
record Tally(int expected, Set<Sent> lost, List<Sent> doubled, List<Sent> late, List<Long> arrivalsNs, long slowestNs) {

    private static final int SHOWN = 10;

    /** Reads until all of them have come or the time is over, and then until nothing has come for that time. */
    static Tally of(Reader reader, Collection<Sent> acknowledged, Duration patience, Duration quiet)
            throws InterruptedException {
        Count count = new Count(acknowledged);
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (!count.missing.isEmpty() && deadlineNs - System.nanoTime() > 0) {
            reader.take(1, Duration.ofMillis(200)).forEach(count::add);
        }
        return count.tally(reader, quiet);
    }

    /** The same, but waits for as long as one more comes within that time: a backlog is slow, and not lost. */
    static Tally drained(Reader reader, Collection<Sent> acknowledged, Duration pauseMax, Duration quiet)
            throws InterruptedException {
        Count count = new Count(acknowledged);
        long deadlineNs = System.nanoTime() + pauseMax.toNanos();
        while (!count.missing.isEmpty() && deadlineNs - System.nanoTime() > 0) {
            int missingBefore = count.missing.size();
            reader.take(1, Duration.ofMillis(200)).forEach(count::add);
            if (count.missing.size() < missingBefore) {
                deadlineNs = System.nanoTime() + pauseMax.toNanos();
            }
        }
        return count.tally(reader, quiet);
    }

    private static final class Count {

        private final Set<Sent> missing;
        private final Set<Sent> acknowledged;
        private final Set<Sent> seen = new TreeSet<>();
        private final List<Sent> doubled = new ArrayList<>();
        private final List<Sent> late = new ArrayList<>();
        private final Map<String, Integer> highest = new HashMap<>();
        private final List<Long> arrivalsNs = new ArrayList<>();
        private long slowestNs;

        private Count(Collection<Sent> acknowledged) {
            this.acknowledged = new TreeSet<>(acknowledged);
            missing = new TreeSet<>(acknowledged);
        }

        private Tally tally(Reader reader, Duration quiet) throws InterruptedException {
            reader.takeUntilQuiet(quiet).forEach(this::add);
            return new Tally(acknowledged.size(), missing, doubled, late, arrivalsNs, slowestNs);
        }

        private void add(Reading reading) {
            Sent sent = new Sent(Payloads.number(reading.payload()), reading.topic());
            if (!seen.add(sent)) {
                doubled.add(sent);
                return;
            }
            if (highest.getOrDefault(sent.topic(), -1) > sent.number()) {
                late.add(sent);
            }
            highest.merge(sent.topic(), sent.number(), Math::max);
            if (acknowledged.contains(sent)) {
                missing.remove(sent);
                arrivalsNs.add(reading.arrivedNs());
                slowestNs = Math.max(slowestNs, reading.arrivedNs() - Publisher.publishedNs(reading.payload()));
            }
        }
    }

    int delivered() {
        return expected - lost.size();
    }

    /** All that were acknowledged, and nothing twice. */
    boolean isExact() {
        return lost.isEmpty() && doubled.isEmpty();
    }

    boolean isOrdered() {
        return late.isEmpty();
    }

    /** How long the last one took, from a moment on. */
    double lastSeconds(long sinceNs) {
        return arrivalsNs.isEmpty() ? 0 : Math.max(0, (arrivalsNs.get(arrivalsNs.size() - 1) - sinceNs) / 1e9);
    }

    /** How long nothing came from a moment on; for ever when nothing came at all. */
    double silentSeconds(long sinceNs) {
        return arrivalsNs.stream()
                .filter(arrival -> arrival - sinceNs > 0)
                .findFirst()
                .map(arrival -> (arrival - sinceNs) / 1e9)
                .orElse(Double.POSITIVE_INFINITY);
    }

    double slowestSeconds() {
        return slowestNs / 1e9;
    }

    /** How many came by a moment. */
    long cameBy(long timeNs) {
        return arrivalsNs.stream().filter(arrival -> arrival - timeNs <= 0).count();
    }

    /** For the score card. */
    String figure() {
        return delivered() + "/" + expected + ", " + doubled.size() + " twice";
    }

    @Override
    public String toString() {
        return figure() + ", " + late.size() + " late; lost " + some(lost) + ", twice " + some(doubled) + ", late "
                + some(late);
    }

    private static String some(Collection<Sent> all) {
        return all.stream().limit(SHOWN).toList() + (all.size() > SHOWN ? " …" : "");
    }
}

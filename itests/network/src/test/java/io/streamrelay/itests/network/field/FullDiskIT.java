// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Reader.Reading;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.itests.network.lab.NeedsLab;
import io.streamrelay.itests.network.lab.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A gateway whose disk has no byte left: it says so, accepts nothing from its broker, hands over what others send, and when
 * there is room again takes what has waited at the broker, all of it and once.
 */
@NeedsLab
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIT {

    private static final int DISK_MEGABYTES = 8;
    private static final int COUNT = 200;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(4);

    /** With routes of QoS 1: one of QoS 2 hands over what it can note down, and waits for room. */
    @Test
    void aFullDiskIsToldOfAndGoneOnFrom() throws Exception {
        try (Neighbours both = Neighbours.open("full", LinkQuality.PERFECT, Setup::atLeastOnce)) {
            PlainGateway here = both.here();
            here.kill();
            try (SmallDisk disk = SmallDisk.under(here.dataFolder(), DISK_MEGABYTES);
                    Reader there = both.there().reader("field/five/out");
                    Reader back = here.reader("field/five/in")) {
                here.start();
                here.awaitReaches(both.there());
                Set<Sent> before = Publisher.publish(here.brokerUrl(), "field/five/out", COUNT);
                assertEquals(Set.of(), Tally.of(there, before, PATIENCE, QUIET).lost());

                disk.fill();
                Set<Sent> waiting = Publisher.publish(here.brokerUrl(), "field/five/out", COUNT);
                Set<Sent> relayed = Publisher.publish(both.there().brokerUrl(), "field/five/in", COUNT);
                Tally inward = Tally.of(back, relayed, PATIENCE, QUIET);
                assertEquals(Set.of(), inward.lost(), () -> "while the disk is full: " + inward + ", " + here.log());
                assertTrue(log(here).contains("free some room"), () -> "nothing is said in " + here.log());
                assertEquals(1, failing(here));
                assertEquals(0, there.takeUntilQuiet(QUIET).size(), "nothing is sent that is not safe");

                here.kill();
                here.start();
                // What was kept for a start may leave room for some of them.
                List<Reading> outward = there.takeUntilQuiet(QUIET);

                disk.empty();
                outward.addAll(there.take(waiting.size() - outward.size(), PATIENCE));
                outward.addAll(there.takeUntilQuiet(QUIET));
                assertEquals(waiting.size(), payloads(outward).size(), () -> "with room again, see " + here.log());
                assertEquals(waiting.size(), outward.size(), "none twice");
                assertEquals(0, failing(here));
                assertEquals(
                        log(here).contains("free some room"),
                        log(here).contains("can be written again"),
                        () -> "what was said is to be taken back in " + here.log());
            }
        }
    }

    /** What was safe last is in the log alone then: the database has not been told. */
    @Test
    void whoIsKilledOnAFullDiskStartsOnIt() throws Exception {
        try (Neighbours both = Neighbours.open("cut")) {
            PlainGateway here = both.here();
            here.kill();
            try (SmallDisk disk = SmallDisk.under(here.dataFolder(), DISK_MEGABYTES);
                    Reader there = both.there().reader("field/five/out")) {
                for (int round = 0; round < ROUNDS; round++) {
                    here.start();
                    here.awaitReaches(both.there());
                    Set<Sent> sent = Publisher.publish(here.brokerUrl(), "field/five/out", COUNT);
                    List<Reading> heard = there.take(COUNT, PATIENCE);
                    disk.fill();
                    here.kill();
                    here.start();
                    here.awaitReaches(both.there());
                    heard.addAll(there.takeUntilQuiet(QUIET));
                    assertEquals(sent.size(), heard.size(), () -> here.log().toString());
                    here.kill();
                    disk.empty();
                }
            }
        }
    }

    /** It passes on what it cannot keep: those at its sides hear nothing of each other themselves. */
    @Test
    void aFullDiskInTheMiddleLetsThroughWhatOthersSend() throws Exception {
        try (Neighbours both = Neighbours.open("middle")) {
            PlainGateway middle = both.here();
            PlainGateway one = both.there();
            PlainGateway other = behind(both);
            middle.kill();
            try (SmallDisk disk = SmallDisk.under(middle.dataFolder(), DISK_MEGABYTES);
                    Reader atOne = one.reader("field/five/one");
                    Reader atOther = other.reader("field/five/other")) {
                middle.start();
                middle.awaitReaches(one);
                middle.awaitReaches(other);
                disk.fill();
                Set<Sent> toOther = Publisher.publish(one.brokerUrl(), "field/five/other", COUNT);
                Set<Sent> toOne = Publisher.publish(other.brokerUrl(), "field/five/one", COUNT);
                Tally there = Tally.of(atOther, toOther, PATIENCE, QUIET);
                Tally back = Tally.of(atOne, toOne, PATIENCE, QUIET);
                System.out.printf("through a full disk: %s, and back %s%n", there.figure(), back.figure());
                assertTrue(there.isExact() && back.isExact(), () -> there + ", " + back + ", " + middle.log());
                assertEquals(1, failing(middle), "its disk was full all the time");
                assertFalse(one.reaches(other) || other.reaches(one), "there is another way");
            }
        }
    }

    /** A third one, which only the first of them reaches. */
    private static PlainGateway behind(Neighbours both) throws Exception {
        Host one = both.there().host();
        Host other = both.lan().host("other");
        one.deafenTo(other.address());
        other.deafenTo(one.address());
        return PlainGateway.on(
                other, Neighbours.member("middle").peers(both.here().host()));
    }

    private static Set<String> payloads(List<Reading> readings) {
        return readings.stream()
                .map(reading -> new String(reading.payload(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.toSet());
    }

    private static String log(PlainGateway gateway) throws IOException {
        return Files.readString(gateway.log());
    }

    private static int failing(PlainGateway gateway) {
        return gateway.stats().get("counters").get("store.failing").asInt();
    }
}

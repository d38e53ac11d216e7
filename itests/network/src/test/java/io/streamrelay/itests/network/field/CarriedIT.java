// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.lab.Lab;
import io.streamrelay.itests.network.lab.LocalNetwork;
import io.streamrelay.simulator.score.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a stranger in the middle does for those who cannot meet, and what it learns. */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class CarriedIT {

    private static final Duration CONTACT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final String SECRET = "the-word-that-nobody-may-read";

    /**
     * <pre>
     * sender ═══ carrier                  30 s
     *            carrier ═══ receiver     the sender is gone for ever
     * </pre>
     */
    @Test
    void senderAndReceiverAreNeverThereAtTheSameTime(TestInfo test) throws Exception {
        Score noPath = Score.row("A3").shownBy(test);
        Score gone = Score.row("D8").shownBy(test);
        try (Lab lab = Lab.open("carried")) {
            LocalNetwork lan = lab.lan("lan");
            PlainGateway carrier = PlainGateway.on(lan.host("carrier"), Setup.carrier("carried"));
            Host late = lan.host("receiver");
            late.unplug();
            PlainGateway sender = PlainGateway.on(
                    lan.host("sender"), Neighbours.member("carried").peers(carrier.host()));
            sender.awaitReaches(carrier);
            Set<Sent> acknowledged = speakForAContact(sender);
            sender.kill();
            sender.host().unplug();

            PlainGateway receiver =
                    PlainGateway.on(late, Neighbours.member("carried").peers(carrier.host()));
            try (Reader reader = receiver.reader(Neighbours.TOPICS)) {
                // Who listens later than the carrier brings them hears nothing of them.
                late.plug();
                long metNs = System.nanoTime();
                Tally tally = Tally.of(reader, acknowledged, PATIENCE, QUIET);
                String figure = "%s, last after %.1f s".formatted(tally.figure(), tally.lastSeconds(metNs));
                noPath.measured(figure).passed(tally.isExact());
                gone.measured(figure).passed(tally.isExact());
                assertTrue(tally.isExact() && tally.isOrdered(), () -> tally + " from " + carrier.stats());
            }
        }
    }

    private static Set<Sent> speakForAContact(PlainGateway sender) throws InterruptedException {
        long beginNs = System.nanoTime();
        try (Publisher publisher = Publisher.steady(sender.brokerUrl(), 20, new Topic(Neighbours.TOPIC, 1))) {
            // The last ones have to pass, too, before the link is cut.
            Field.pass(CONTACT.minusSeconds(5));
            Set<Sent> acknowledged = publisher.stop();
            Await.comes(CONTACT.minusNanos(System.nanoTime() - beginNs), () -> sender.backlog() == 0);
            return acknowledged;
        }
    }

    @Test
    void aRelaySeesNeitherPayloadsNorTopicsAndHoldsNoKey(TestInfo test) throws Exception {
        Score row = Score.row("B15").shownBy(test);
        try (Neighbours both = Neighbours.open("secret");
                PlainGateway relay = both.carrier("secret");
                Reader reader = both.there().reader("field/five/#")) {
            both.here().host().deafenTo(both.there().host().address());
            both.there().host().deafenTo(both.here().host().address());
            Path wire = relay.dataFolder().resolveSibling("wire");
            relay.host().record(wire);
            both.here()
                    .send(
                            "field/five/" + SECRET,
                            Stream.iterate(0, i -> i + 1)
                                    .limit(50)
                                    .map(i -> SECRET + i)
                                    .toList());
            assertEquals(50, reader.take(50, PATIENCE).size(), "did not come by way of the relay");

            long frames = Files.size(wire);
            List<Path> own = files(relay.dataFolder());
            Path heap = HeapDump.of(relay, wire.resolveSibling("relay.hprof"));
            List<String> leaks = Stream.concat(Stream.of(wire, heap), own.stream())
                    .filter(CarriedIT::tells)
                    .map(Path::toString)
                    .toList();
            // Who reads along finds in the sender's memory what it must not find in the relay's.
            boolean finds = tells(HeapDump.of(both.here(), wire.resolveSibling("sender.hprof")));
            row.measured("%d bytes on its wire, %d files of its own and %d bytes of its memory, in clear in %d of them"
                    .formatted(frames, own.size(), Files.size(heap), leaks.size()));
            assertTrue(finds, "the search finds nothing in a member's memory either");
            assertTrue(row.passed(leaks.isEmpty() && frames > 0), leaks::toString);
        }
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Whether it holds the payload, the topic, or what the members share. */
    private static boolean tells(Path file) {
        try {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            return bytes.contains(SECRET) || bytes.contains("field/five") || bytes.contains("of secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Data takes another way than the one that is deaf; where only answers are lost, they come by the carrier. */
    @Test
    void hopsThatCarryOneWayAloneAreGoneAround(TestInfo test) throws Exception {
        Score around = Score.row("A16").part("another path").shownBy(test);
        Score back = Score.row("A16").part("return by carrier").shownBy(test);
        try (Neighbours both = Neighbours.open("oneway");
                PlainGateway carrier = both.carrier("oneway");
                Reader there = both.there().reader(Neighbours.TOPICS);
                Reader here = both.here().reader("field/five/back/#")) {
            both.there().host().deafenTo(both.here().host().address());
            Tally out =
                    Tally.of(there, Publisher.publish(both.here().brokerUrl(), Neighbours.TOPIC, 100), PATIENCE, QUIET);
            Tally in = Tally.of(
                    here, Publisher.publish(both.there().brokerUrl(), "field/five/back/a", 100), PATIENCE, QUIET);
            around.measured(out.figure()).passed(out.isExact());
            back.measured(in.figure()).passed(in.isExact());
            assertTrue(out.isExact(), () -> out + " by " + carrier.stats());
            assertTrue(in.isExact(), () -> in + " by " + carrier.stats());
        }
    }
}

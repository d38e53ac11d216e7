// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.LinkQuality;
import io.streamrelay.simulator.score.Score;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A line that turns bits over, and whose datagrams arrive nevertheless. */
@InTheField
@Execution(ExecutionMode.CONCURRENT)
class DamagedLineIT {

    private static final double BIT_ERROR_RATE = 1e-4;
    private static final int COUNT = 500;
    private static final int BYTES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    void nothingThatWasDamagedIsDelivered(TestInfo test) throws Exception {
        Score row = Score.row("D23").shownBy(test);
        LinkQuality line = new LinkQuality(1, 0, 0, BIT_ERROR_RATE);
        long beginNs = System.nanoTime();
        try (Neighbours both = Neighbours.open("bits", line, setup -> setup);
                Reader reader = both.there().reader(Neighbours.TOPICS);
                Publisher publisher =
                        new Publisher(both.here().brokerUrl(), 50, BYTES, COUNT, new Topic(Neighbours.TOPIC, 1))) {
            Set<Sent> sent = publisher.awaitAll();
            List<Reader.Reading> readings = reader.take(COUNT, PATIENCE);
            readings.addAll(reader.takeUntilQuiet(QUIET));
            long corrupt = readings.stream()
                    .filter(reading -> !isWhole(reading, beginNs))
                    .count();
            Set<Integer> numbers = readings.stream()
                    .map(reading -> Payloads.number(reading.payload()))
                    .collect(Collectors.toCollection(TreeSet::new));
            row.measured("%d corrupt; %d/%d delivered, %d twice; %d damaged datagrams dropped"
                    .formatted(
                            corrupt,
                            numbers.size(),
                            sent.size(),
                            readings.size() - numbers.size(),
                            drops(both.there())));
            assertTrue(row.passed(corrupt == 0 && drops(both.there()) > 0), "corrupt: " + corrupt);
            assertTrue(
                    numbers.size() == sent.size(),
                    () -> numbers.size() + " came, " + both.there().stats());
        }
    }

    /** All of it is known beforehand but the time when it was published, and when that may have been. */
    private static boolean isWhole(Reader.Reading reading, long beginNs) {
        long publishedNs = Publisher.publishedNs(reading.payload());
        byte[] payload =
                Payloads.numbered(1, BYTES, Payloads.number(reading.payload())).get(0);
        ByteBuffer.wrap(payload).putInt(Payloads.number(reading.payload())).putLong(publishedNs);
        boolean isPossible = publishedNs - beginNs >= 0 && System.nanoTime() - publishedNs >= 0;
        return isPossible && Arrays.equals(payload, reading.payload());
    }

    private static long drops(PlainGateway gateway) {
        return gateway.stats().get("counters").properties().stream()
                .filter(counter -> counter.getKey().startsWith("drop."))
                .mapToLong(counter -> counter.getValue().asLong())
                .sum();
    }
}

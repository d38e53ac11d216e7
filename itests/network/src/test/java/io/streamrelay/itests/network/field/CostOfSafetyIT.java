// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Figures;
import io.streamrelay.itests.network.field.Publisher.Sent;
import io.streamrelay.itests.network.field.Publisher.Topic;
import io.streamrelay.itests.network.lab.LinkQuality;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What it costs that a message is on disk before it is acknowledged: the same bursts through the same gateways, once
 * with their stores on disk and once in memory, in turns.
 */
@InTheField
@Order(1)
class CostOfSafetyIT {

    private static final int COUNT = 5_000;
    private static final int BYTES = 200;
    private static final int ROUNDS = Field.count(3, 9);
    /** Faster than any gateway takes them. */
    private static final int PER_SECOND = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Two gateways with the same kind of store. */
    private record Setting(String name, Neighbours both, List<Burst> bursts) implements AutoCloseable {

        static Setting of(String name, String lab, String... javaOptions) throws Exception {
            Neighbours both = Neighbours.open(
                    lab, LinkQuality.PERFECT, setup -> setup.atLeastOnce().java(javaOptions));
            return new Setting(name, both, new ArrayList<>());
        }

        double median(ToDoubleFunction<Burst> figure) {
            double[] sorted = bursts.stream().mapToDouble(figure).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        @Override
        public void close() {
            both.close();
        }

        String line() {
            return "| %s | %,.0f | %.2f | %.2f |"
                    .formatted(
                            name,
                            median(Burst::perSecond),
                            median(Burst::writtenBySender),
                            median(Burst::writtenByReceiver));
        }
    }

    /**
     * What one burst came to.
     *
     * @param writtenBySender bytes that the kernel was given for the disk, for each byte of payload
     */
    private record Burst(double perSecond, double writtenBySender, double writtenByReceiver) {}

    @Test
    void aBurstIsCarriedWithTheStoreOnDiskAndInMemory() throws Exception {
        try (Setting onDisk = Setting.of("on disk, before it is acknowledged", "disk");
                Setting inMemory = Setting.of("in memory alone", "memory", "-D" + FieldNode.IN_MEMORY + "=true")) {
            // The first is of a virtual machine that has yet to compile.
            burst(onDisk.both());
            burst(inMemory.both());
            for (int round = 0; round < ROUNDS; round++) {
                onDisk.bursts().add(burst(onDisk.both()));
                inMemory.bursts().add(burst(inMemory.both()));
            }
            publish(onDisk, inMemory);
            assertTrue(onDisk.median(Burst::writtenBySender) > 1, "what was acknowledged is on disk");
        }
    }

    private static void publish(Setting onDisk, Setting inMemory) throws IOException {
        double speed = onDisk.median(Burst::perSecond) / inMemory.median(Burst::perSecond);
        Figures.publish(
                "cost-of-safety",
                List.of(
                        "Bursts of %,d messages of %d bytes (QoS 1, MQTT 5) from Mosquitto to gateway to gateway to Mosquitto; medians of %d."
                                .formatted(COUNT, BYTES, ROUNDS),
                        "",
                        "| messages are kept | messages/s | bytes written for each of payload, sender | receiver |",
                        "|---|--:|--:|--:|",
                        onDisk.line(),
                        inMemory.line(),
                        "",
                        "On disk: %.2f of the speed in memory.".formatted(speed)));
    }

    private static Burst burst(Neighbours both) throws Exception {
        long sender = written(both.here());
        long receiver = written(both.there());
        try (Reader reader = both.there().reader(Neighbours.TOPICS)) {
            long beginNs = System.nanoTime();
            try (Publisher publisher =
                    new Publisher(both.here().brokerUrl(), PER_SECOND, BYTES, COUNT, new Topic(Neighbours.TOPIC, 1))) {
                Set<Sent> sent = publisher.awaitAll();
                Tally tally = Tally.of(reader, sent, PATIENCE, QUIET);
                assertEquals(Set.of(), tally.lost(), tally::toString);
                double payload = (double) COUNT * BYTES;
                return new Burst(
                        COUNT / tally.lastSeconds(beginNs),
                        (written(both.here()) - sender) / payload,
                        (written(both.there()) - receiver) / payload);
            }
        }
    }

    private static long written(PlainGateway gateway) throws IOException {
        return DiskWrites.of(gateway.pid());
    }
}

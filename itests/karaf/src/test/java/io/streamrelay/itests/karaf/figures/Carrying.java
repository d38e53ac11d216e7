// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.figures;

import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * How fast messages of 200 bytes come from a sensor at one broker to a reader at another, or at the same one.
 *
 * @param name what carries them
 * @param topic a topic that is carried from the first broker to the second
 */
record Carrying(String name, String from, String to, String topic) {

    /** Its session is kept, so that every broker writes what it carries to disk. */
    private static final String READER = "figures";

    private static final int BYTES = 200;
    private static final int RUNS = 3;
    private static final int BURST = 5_000;
    private static final int WARMING = 2_000;
    private static final int WARMING_PER_SECOND = 200;
    private static final int PACED = 2_000;
    private static final int PACED_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Messages per second of bursts that are published as fast as the broker takes them. */
    Samples throughput() throws Exception {
        double[] perSecond = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            try (Sensor sensor = new Sensor(from);
                    Reader reader = new Reader(to, topic, READER, false)) {
                long before = System.nanoTime();
                sensor.publishBurst(topic, Payloads.numbered(BURST, BYTES, run));
                List<Reader.Reading> readings = all(reader, BURST);
                perSecond[run] = BURST / ((readings.get(BURST - 1).arrivedNs() - before) / 1e9);
            }
        }
        return new Samples(perSecond);
    }

    /** Lets the virtual machines compile what is on the way, as in gateways that have been up for a while. */
    void warmUp() throws Exception {
        paced(WARMING, WARMING_PER_SECOND);
    }

    /** Milliseconds from publishing to arrival, at 100 messages a second. */
    Samples latency() throws Exception {
        return paced(PACED, PACED_PER_SECOND);
    }

    private Samples paced(int count, int perSecond) throws Exception {
        List<byte[]> payloads = Payloads.numbered(count, BYTES, 7);
        try (Sensor sensor = new Sensor(from);
                Reader reader = new Reader(to, topic, READER, false)) {
            CompletableFuture<long[]> published = sensor.publishAll(topic, payloads, perSecond);
            List<Reader.Reading> readings = all(reader, count);
            long[] publishedNs = published.get();
            return new Samples(IntStream.range(0, count)
                    .mapToDouble(i -> {
                        Reader.Reading reading = readings.get(i);
                        return (reading.arrivedNs() - publishedNs[Payloads.number(reading.payload())]) / 1e6;
                    })
                    .toArray());
        }
    }

    private List<Reader.Reading> all(Reader reader, int count) throws InterruptedException {
        List<Reader.Reading> readings = reader.take(count, PATIENCE);
        if (readings.size() != count) {
            throw new IllegalStateException(name + ": " + readings.size() + " of " + count + " messages arrived");
        }
        return readings;
    }
}

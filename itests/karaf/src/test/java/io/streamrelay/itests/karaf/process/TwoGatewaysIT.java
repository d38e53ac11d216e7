// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From sensors at one gateway's broker to readers at the other's, both ways at once.
 *
 * <pre>
 * sensor - broker - first gateway ===== SRP over UDP ===== second gateway - broker - reader
 * reader - broker - first gateway ===== SRP over UDP ===== second gateway - broker - sensor
 * </pre>
 */
@Order(1)
class TwoGatewaysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Longer than any repetition or gossip round of the protocol takes to bring a message a second time. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static TwoGateways gateways;
    private static String firstBroker;
    private static String secondBroker;

    @BeforeAll
    static void start() throws Exception {
        gateways = TwoGateways.start("two");
        firstBroker = gateways.first().awaitReady().brokerUrl();
        secondBroker = gateways.second().awaitReady().brokerUrl();
    }

    @AfterAll
    static void stop() {
        gateways.close();
    }

    @ParameterizedTest(name = "{0}: {1} messages of {2} bytes, {3} a second")
    @CsvSource({
        "demo/small, 2000, 200, 200",
        "raw/small, 2000, 200, 200",
        "demo/large, 20, 20000, 20",
        "raw/large, 20, 20000, 20"
    })
    void everyMessageArrivesExactlyOnceInItsSendersOrder(String topic, int count, int size, int perSecond)
            throws Exception {
        String fromFirst = topic + "/first";
        String fromSecond = topic + "/second";
        List<byte[]> firstPayloads = Payloads.numbered(count, size, 1);
        List<byte[]> secondPayloads = Payloads.numbered(count, size, 2);
        try (Sensor firstSensor = new Sensor(firstBroker);
                Sensor secondSensor = new Sensor(secondBroker);
                Reader firstReader = new Reader(firstBroker, fromSecond);
                Reader secondReader = new Reader(secondBroker, fromFirst)) {
            CompletableFuture<Void> published = CompletableFuture.allOf(
                    firstSensor.publishAll(fromFirst, firstPayloads, perSecond),
                    secondSensor.publishAll(fromSecond, secondPayloads, perSecond));
            List<Reader.Reading> atSecond = secondReader.take(count, PATIENCE);
            List<Reader.Reading> atFirst = firstReader.take(count, PATIENCE);
            published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertSame(firstPayloads, atSecond);
            assertSame(secondPayloads, atFirst);
            assertEquals(0, secondReader.takeUntilQuiet(QUIET).size(), "messages that came more than once");
            assertEquals(0, firstReader.takeUntilQuiet(QUIET).size(), "messages that came more than once");
        }
    }

    @Test
    void losesAndDoublesNothingWhileConfigEditChangesRoutesAndSubclusters() throws Exception {
        int some = 100;
        List<byte[]> payloads = Payloads.numbered(100 * some, 200, 3);
        try (Sensor sensor = new Sensor(firstBroker);
                Reader reader = new Reader(secondBroker, "demo/edited")) {
            CompletableFuture<Void> changes = CompletableFuture.runAsync(TwoGatewaysIT::changeRoutesAndSubclusters);
            int sent = 0;
            // What follows the last change is carried, too.
            for (boolean changed = false; !changed && sent < payloads.size(); sent += some) {
                changed = changes.isDone();
                sensor.publishAll("demo/edited", payloads.subList(sent, sent + some), 100)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            changes.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertSame(payloads.subList(0, sent), reader.take(sent, PATIENCE));
            assertEquals(0, reader.takeUntilQuiet(QUIET).size(), "messages that came more than once");
        }
    }

    private static void changeRoutesAndSubclusters() {
        Console console = gateways.console();
        try {
            console.type(lines(
                    List.of(
                            "config:edit --factory --alias guest io.streamrelay.subcluster",
                            "config:property-set name guest",
                            "config:property-set sharedKey 'a key of its own'",
                            "config:update"),
                    routes("demo/# both 2, guest/# out")));
            console.awaitLog("subcluster guest is open");
            console.type(lines(routes("demo/edited both 1, demo/small/# both")));
            String guest = console.pids("(&(service.factoryPid=io.streamrelay.subcluster)(name=guest))")
                    .get(0);
            console.type(lines(routes("demo/# both 1"), List.of("config:delete " + guest)));
            console.awaitLog("subcluster guest is closed");
        } catch (Exception e) {
            throw new AssertionError("the console did not take the changes", e);
        }
    }

    private static List<String> routes(String routes) {
        return List.of(
                "config:edit io.streamrelay.mqtt~demo", "config:property-set routes '" + routes + "'", "config:update");
    }

    @SafeVarargs
    private static String[] lines(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toArray(String[]::new);
    }

    private static void assertSame(List<byte[]> sent, List<Reader.Reading> received) {
        List<Integer> numbers = received.stream()
                .map(reading -> Payloads.number(reading.payload()))
                .toList();
        assertEquals(sent.stream().map(Payloads::number).toList(), numbers, () -> Payloads.flaws(sent.size(), numbers));
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), received.get(i).payload());
        }
    }
}

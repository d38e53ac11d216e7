// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways with a broker each, whose lines to their brokers are cut while messages of QoS 2 pass both ways. */
@Order(3)
class ExactlyOnceIT {

    private static final int COUNT = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void carriesQosTwoOnceAndInOrderThoughConnectionsAreCut(String mqttVersion) throws Exception {
        int firstOffset = PortOffset.free();
        int secondOffset = PortOffset.free();
        try (Mosquitto here = new Mosquitto(first);
                Mosquitto there = new Mosquitto(second);
                CutLine lineHere = new CutLine(here.port());
                CutLine lineThere = new CutLine(there.port());
                GatewayProcess one = gateway("one-", mqttVersion, lineHere, "", firstOffset);
                GatewayProcess two =
                        gateway("two-", mqttVersion, lineThere, "127.0.0.1:" + (19_777 + firstOffset), secondOffset);
                Reader readerHere = new Reader(here.url(), "demo/there");
                Reader readerThere = new Reader(there.url(), "demo/here");
                Sensor sensorHere = new Sensor(here.url());
                Sensor sensorThere = new Sensor(there.url())) {
            one.awaitReady();
            two.awaitReady();

            for (int i = 0; i < COUNT; i++) {
                sensorHere.publishOnce("demo/here", text(i));
                sensorThere.publishOnce("demo/there", text(i));
                if (i % 100 == 50) {
                    lineHere.cut();
                }
                if (i % 100 == 80) {
                    lineThere.cut();
                }
            }

            List<String> all =
                    IntStream.range(0, COUNT).mapToObj(Integer::toString).toList();
            assertEquals(all, texts(readerThere));
            assertEquals(all, texts(readerHere));
        }
    }

    private static GatewayProcess gateway(String name, String version, CutLine broker, String peers, int offset)
            throws Exception {
        GatewayHome home = GatewayHome.fresh("exactly-once-" + name + version)
                .configure("io.streamrelay.node", "peers = " + peers)
                .configure("io.streamrelay.subcluster-demo", "name = demo", "sharedKey = exactly once " + version)
                .configure(
                        "io.streamrelay.mqtt-demo",
                        "broker = " + broker.url(),
                        "mqttVersion = " + version,
                        "subcluster = demo",
                        "routes = demo/# both 2");
        return GatewayProcess.start(home, offset);
    }

    private static byte[] text(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    private static List<String> texts(Reader reader) throws Exception {
        List<Reader.Reading> readings = reader.take(COUNT, PATIENCE);
        readings.addAll(reader.takeUntilQuiet(QUIET));
        return readings.stream()
                .map(reading -> new String(reading.payload(), UTF_8))
                .toList();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import io.streamrelay.api.StreamRelay;
import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The distribution, told what to do through ConfigAdmin and through files, live. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConfigAdminIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Not used, but waited for: a test that runs earlier races the start of the features. */
    @Inject
    private BootFinished bootFinished;

    @Inject
    private ConfigurationAdmin admin;

    @Inject
    private StreamRelay node;

    @org.ops4j.pax.exam.Configuration
    public Option[] distribution() {
        return Distribution.options();
    }

    @Test
    public void carriesFromOneBridgeThroughTheSubclusterToAnother() throws Exception {
        try (Configurations made = new Configurations(admin);
                Reader reader = new Reader(Broker.URL, "right/#");
                Sensor sensor = new Sensor(Broker.URL)) {
            connectLeftAndRight(made);

            sensor.publish("left/valve", new byte[] {1, 2, 3, 4}, false);

            List<Reader.Reading> readings = reader.take(2, QUIET);
            assertEquals(1, readings.size());
            assertEquals("right/left/valve", readings.get(0).topic());
        }
    }

    @Test
    public void losesAndDoublesNothingWhileRoutesAndSubclustersChange() throws Exception {
        int count = 1_000;
        try (Configurations made = new Configurations(admin);
                Reader reader = new Reader(Broker.URL, "right/#");
                Sensor sensor = new Sensor(Broker.URL)) {
            Configuration left = connectLeftAndRight(made);

            CompletableFuture<long[]> published = sensor.publishAll("left/flow", Payloads.numbered(count, 200, 3), 200);
            GatewayLog log = new GatewayLog();
            Configurations.update(left, Configurations.bridgeProperties("plant", "left/# out", "other/# out"));
            Await.until("messages flow", () -> reader.size() > 100);
            try (Configurations more = new Configurations(admin)) {
                more.subcluster("guest");
                more.bridge("guest", "guest", "guest/# both 1");
                Await.until("the guest's bridge is up", () -> log.connected("guest"));
            }
            Configurations.update(left, Configurations.bridgeProperties("plant", "left/# out 1"));
            Await.until("the guest has gone", () -> node.subcluster("guest").isEmpty());
            published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            List<Integer> numbers = reader.take(count, PATIENCE).stream()
                    .map(reading -> Payloads.number(reading.payload()))
                    .toList();
            assertEquals(
                    Payloads.flaws(count, numbers),
                    IntStream.range(0, count).boxed().toList(),
                    numbers);
            assertEquals(0, reader.takeUntilQuiet(QUIET).size());
        }
    }

    @Test
    public void refusesBadValuesAndKeepsTheRunningConfiguration() throws Exception {
        int port = node.info().port();
        Configuration configuration = admin.getConfiguration("io.streamrelay.node", "?");
        Dictionary<String, Object> good = configuration.getProperties();
        GatewayLog log = new GatewayLog();
        try (Configurations made = new Configurations(admin);
                Reader reader = new Reader(Broker.URL, "right/#");
                Sensor sensor = new Sensor(Broker.URL)) {
            Configuration left = connectLeftAndRight(made);

            Configurations.update(configuration, Map.of("port", "99999"));
            Configurations.update(left, Configurations.bridgeProperties("plant", "left/# sideways"));

            Await.until("the port is refused", () -> log.text().contains("port: '99999' is not allowed"));
            Await.until("the route is refused", () -> log.text().contains("routes: 'left/# sideways' is not allowed"));
            assertFalse(log.text().contains("streamrelay cannot start"));
            assertEquals(port, node.info().port());
            sensor.publish("left/valve", new byte[] {0, 0, 0, 1}, false);
            assertEquals(1, reader.take(1, PATIENCE).size());
        } finally {
            configuration.update(good);
        }
    }

    @Test
    public void followsAFileInEtc() throws Exception {
        Path file = Path.of(System.getProperty("karaf.etc"), "io.streamrelay.subcluster-late.cfg");

        Files.writeString(file, "name = late\nsharedKey = first\n");
        Await.until("the subcluster opens", () -> node.subcluster("late").isPresent());
        String first = node.subcluster("late").orElseThrow().id().toString();
        Files.writeString(file, "name = late\nsharedKey = second key\n");
        Await.until("the subcluster has the new key", () -> node.subcluster("late")
                .filter(late -> !late.id().toString().equals(first))
                .isPresent());
        Files.delete(file);
        Await.until("the subcluster closes", () -> node.subcluster("late").isEmpty());
    }

    /** A message published below left/ comes out below right/left/. */
    private static Configuration connectLeftAndRight(Configurations made) throws Exception {
        GatewayLog log = new GatewayLog();
        made.subcluster("plant");
        Configuration left = made.bridge("left", "plant", "left/# out");
        made.bridge("right", "plant", "left/# in 1 right/");
        Await.until("both bridges are up", () -> log.connected("left") && log.connected("right"));
        return left;
    }
}

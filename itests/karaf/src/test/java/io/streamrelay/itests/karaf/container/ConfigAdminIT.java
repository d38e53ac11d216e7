// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import static io.streamrelay.itests.karaf.container.Configurations.bridgeProperties;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.api.Received;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.itests.karaf.process.Payloads;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.karaf.process.Sensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private static final int PER_SECOND = 200;
    private static final long PACE_NS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

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
    public void carriesFromTheBrokerToTheMeshAndBack() throws Exception {
        try (Configurations made = new Configurations(admin);
                Reader reader = new Reader(Broker.URL, "down/#");
                Sensor sensor = new Sensor(Broker.URL)) {
            connectPlant(made);
            BlockingQueue<Received> heard = listen("up/valve");

            sensor.publish("up/valve", new byte[] {1}, false);
            Received up = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            plant().send(Message.of("down/valve", new byte[] {2}));
            List<Reader.Reading> down = reader.take(1, PATIENCE);

            assertArrayEquals(new byte[] {1}, up.message().payload());
            assertArrayEquals(new byte[] {2}, down.get(0).payload());
        }
    }

    @Test
    public void losesAndDoublesNothingWhileRoutesAndSubclustersChange() throws Exception {
        try (Configurations made = new Configurations(admin);
                Configurations guest = new Configurations(admin)) {
            Configuration bridge = connectPlant(made);
            losesAndDoublesNothingWhile(
                    () -> Configurations.update(bridge, bridgeProperties("plant", "up/# out", "down/# in", "x/# both")),
                    () -> connect(guest, "guest", "guest/# both"),
                    guest::close,
                    () -> Configurations.update(bridge, bridgeProperties("plant", "up/# out", "down/# in")));
        }
    }

    @Test
    public void losesAndDoublesNothingWhileTheRoutesThatCarryItTakeTurns() throws Exception {
        try (Configurations made = new Configurations(admin)) {
            Configuration bridge = connectPlant(made);
            losesAndDoublesNothingWhile(
                    () -> Configurations.update(bridge, bridgeProperties("plant", "up/# out 2", "down/# in 2")),
                    () -> Configurations.update(bridge, bridgeProperties("plant", "up/flow out", "down/+ in")),
                    () -> Configurations.update(bridge, bridgeProperties("plant", "up/+ out", "down/flow in")),
                    () -> Configurations.update(bridge, bridgeProperties("plant", "up/# out", "down/# in")));
        }
    }

    @Test
    public void losesAndDoublesNothingWhileFilesChange() throws Exception {
        try (EtcFiles files = new EtcFiles(admin)) {
            GatewayLog log = new GatewayLog();
            String broker = "broker = " + Broker.URL;
            files.write("subcluster-plant", "name = plant", "sharedKey = of a file");
            files.write("mqtt-plant", broker, "subcluster = plant", "routes = up/# out, down/# in");
            Await.until("the bridge plant is up", () -> log.connected("plant"));
            Await.until("the subcluster is open", () -> node.subcluster("plant").isPresent());
            awaitTaken("up/ready");
            losesAndDoublesNothingWhile(
                    Duration.ofSeconds(3),
                    () -> files.write("subcluster-plant", "name = plant", "sharedKey = of a file", "lifetime = 1h"),
                    () -> files.write(
                            "mqtt-plant", broker, "subcluster = plant", "routes = up/+ out, down/# in, x/# out"),
                    () -> files.write("subcluster-guest", "name = guest", "sharedKey = of another"),
                    () -> files.remove("subcluster-guest"),
                    () -> files.write("mqtt-plant", broker, "subcluster = plant", "routes = up/# out, down/flow in"));
        }
    }

    @Test
    public void losesAndDoublesNothingWhileTheSubclusterThatCarriesItChanges() throws Exception {
        try (Configurations made = new Configurations(admin)) {
            connectPlant(made);
            String self = node.info().senderKey().toString();
            losesAndDoublesNothingWhile(
                    () -> made.subcluster("plant", Map.of("senders", new String[] {self})),
                    () -> made.subcluster("plant", Map.of("senders", new String[] {self}, "lifetime", "10m")),
                    () -> made.subcluster("plant", Map.of("lifetime", "1m")),
                    () -> made.subcluster("plant", Map.of()));
        }
    }

    /** What somebody does to the configuration. */
    private interface Change {
        void make() throws Exception;
    }

    /** While messages flow both ways, one change after the other. */
    private void losesAndDoublesNothingWhile(Change... changes) throws Exception {
        losesAndDoublesNothingWhile(Duration.ofSeconds(1), changes);
    }

    /** The same with such a time for each change to take effect. */
    private void losesAndDoublesNothingWhile(Duration pause, Change... changes) throws Exception {
        int between = (int) pause.toSeconds() * PER_SECOND;
        int count = between * (changes.length + 1);
        List<byte[]> payloads = Payloads.numbered(count, 200, 3);
        GatewayLog log = new GatewayLog();
        try (Reader reader = new Reader(Broker.URL, "down/#");
                Sensor sensor = new Sensor(Broker.URL)) {
            BlockingQueue<Received> heard = listen("up/flow");

            CompletableFuture<long[]> published = sensor.publishAll("up/flow", payloads, PER_SECOND);
            long start = System.nanoTime();
            for (int number = 0; number < count; number++) {
                LockSupport.parkNanos(start + number * PACE_NS - System.nanoTime());
                plant().send(Message.of("down/flow", payloads.get(number)));
                if (number > 0 && number % between == 0) {
                    changes[number / between - 1].make();
                }
            }

            published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertAll(count, reader.take(count, PATIENCE).stream().map(Reader.Reading::payload));
            assertAll(count, take(heard, count).stream().map(received -> received.message()
                    .payload()));
            assertEquals(0, reader.takeUntilQuiet(QUIET).size());
            assertTrue(heard.isEmpty());
            assertFalse(log.text().contains(" is refused: "));
        }
    }

    @Test
    public void refusesBadValuesAndKeepsTheRunningConfiguration() throws Exception {
        int port = node.info().port();
        Configuration configuration = admin.getConfiguration("io.streamrelay.node", "?");
        Dictionary<String, Object> good = configuration.getProperties();
        GatewayLog log = new GatewayLog();
        try (Configurations made = new Configurations(admin);
                Sensor sensor = new Sensor(Broker.URL)) {
            Configuration bridge = connectPlant(made);
            BlockingQueue<Received> heard = listen("up/valve");

            Configurations.update(configuration, Map.of("port", "99999"));
            Configurations.update(bridge, bridgeProperties("plant", "up/# sideways"));

            Await.until("the port is refused", () -> log.text().contains("port: '99999' is not allowed"));
            Await.until("the route is refused", () -> log.text().contains("routes: 'up/# sideways' is not allowed"));
            assertFalse(log.text().contains("streamrelay cannot start"));
            assertEquals(port, node.info().port());
            sensor.publish("up/valve", new byte[] {3}, false);
            assertEquals(1, take(heard, 1).size());
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

    @Test
    public void writesWhatConfigAdminIsToldToTheFileItCameFrom() throws Exception {
        Path file = Path.of(System.getProperty("karaf.etc"), "io.streamrelay.subcluster-told.cfg");
        Files.writeString(file, "# Ours.\nname = told\nsharedKey = first\nlifetime = 2h\n");
        Await.until("the subcluster opens", () -> node.subcluster("told").isPresent());
        String first = node.subcluster("told").orElseThrow().id().toString();

        Configuration told = admin.getFactoryConfiguration("io.streamrelay.subcluster", "told", "?");
        Configurations.update(told, Map.of("name", "told", "sharedKey", "second"));

        String expected = "# Ours.\nname = told\nsharedKey = second\n";
        Await.until("the file has the new key", () -> Files.readString(file).equals(expected));
        Await.until("the subcluster has the new key", () -> node.subcluster("told")
                .filter(open -> !open.id().toString().equals(first))
                .isPresent());
        told.delete();
        Await.until("the file is gone", () -> !Files.exists(file));
        Await.until("the subcluster closes", () -> node.subcluster("told").isEmpty());
    }

    /** A subcluster plant, and a bridge that takes up/# out of the broker and brings down/# into it. */
    private Configuration connectPlant(Configurations made) throws Exception {
        Configuration bridge = connect(made, "plant", "up/# out", "down/# in");
        Await.until("the subcluster is open", () -> node.subcluster("plant").isPresent());
        awaitTaken("up/ready");
        return bridge;
    }

    /** A bridge is connected before it has subscribed: until then nobody hears what is published. */
    private void awaitTaken(String topic) throws Exception {
        BlockingQueue<Received> heard = listen(topic);
        try (Sensor sensor = new Sensor(Broker.URL)) {
            Await.until("what is published is taken", () -> {
                sensor.publish(topic, new byte[] {1}, false);
                return heard.poll(1, TimeUnit.SECONDS) != null;
            });
        }
    }

    private static Configuration connect(Configurations made, String name, String... routes) throws Exception {
        GatewayLog log = new GatewayLog();
        made.subcluster(name);
        Configuration bridge = made.bridge(name, name, routes);
        Await.until("the bridge " + name + " is up", () -> log.connected(name));
        return bridge;
    }

    private Subcluster plant() {
        return node.subcluster("plant").orElseThrow();
    }

    private BlockingQueue<Received> listen(String topic) {
        BlockingQueue<Received> heard = new LinkedBlockingQueue<>();
        plant().on(topic, heard::add);
        return heard;
    }

    private static List<Received> take(BlockingQueue<Received> heard, int count) throws InterruptedException {
        List<Received> taken = new ArrayList<>();
        while (taken.size() < count) {
            Received next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                return taken;
            }
            taken.add(next);
        }
        return taken;
    }

    private static void assertAll(int count, Stream<byte[]> payloads) {
        List<Integer> numbers = payloads.map(Payloads::number).toList();
        assertEquals(
                Payloads.flaws(count, numbers),
                IntStream.range(0, count).boxed().toList(),
                numbers);
    }
}

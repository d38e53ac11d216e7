// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One publish comes out exactly once on each broker, whatever the wiring and whatever the order of things. */
class WiringTest {

    private static final int ROUNDS = 200;
    private static final int MESSAGES = 30;

    /** Sets a wiring up, lets applications publish in random moments, and counts what comes out. */
    private static void exactlyOnceEverywhere(BiConsumer<World, MqttVersion> wiring, MqttVersion version) {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            World world = new World(seed);
            wiring.accept(world, version);
            world.settle();
            List<String> published = publish(world, world.brokerNames());
            world.settle();
            for (String broker : world.brokerNames()) {
                assertEquals(
                        published.stream().sorted().toList(),
                        world.heardAt(broker).stream().sorted().toList(),
                        "at " + broker + " with MQTT " + version.label() + ", seed " + seed);
            }
        }
    }

    private static List<String> publish(World world, List<String> brokers) {
        List<String> published = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String broker = brokers.get(world.simulation.random.nextInt(brokers.size()));
            // Few topics and values, so that equal readings meet.
            String topic = "t/" + world.simulation.random.nextInt(3);
            String value = "v" + world.simulation.random.nextInt(3);
            world.broker(broker).publish(World.message(topic, value));
            published.add(topic + "=" + value);
            world.simulation.step(world.simulation.random.nextInt(40));
        }
        return published;
    }

    private static void inBothVersions(BiConsumer<World, MqttVersion> wiring) {
        exactlyOnceEverywhere(wiring, MqttVersion.FIVE);
        exactlyOnceEverywhere(wiring, MqttVersion.THREE);
    }

    @Test
    void twoGatewaysWithABrokerEach() {
        inBothVersions((world, version) -> {
            world.bridge("G1", "B1", version, Format.ENVELOPE, "t/# both 1");
            world.bridge("G2", "B2", version, Format.ENVELOPE, "t/# both 1");
        });
    }

    @Test
    void ringOfThree() {
        inBothVersions((world, version) -> ring(world, version, Format.ENVELOPE, "t/# both 1"));
    }

    @Test
    void ringOfThreeInRawFormat() {
        inBothVersions((world, version) -> ring(world, version, Format.RAW, "t/0 both 1", "t/1 both 1", "t/2 both 1"));
    }

    @Test
    void ringOfThreeWithExactlyOnceRoutes() {
        inBothVersions((world, version) -> ring(world, version, Format.ENVELOPE, "t/# both 2"));
    }

    private static void ring(World world, MqttVersion version, Format format, String... routes) {
        world.bridge("G1", "B1", version, format, routes);
        world.bridge("G1", "B2", version, format, routes);
        world.bridge("G2", "B2", version, format, routes);
        world.bridge("G2", "B3", version, format, routes);
        world.bridge("G3", "B3", version, format, routes);
        world.bridge("G3", "B1", version, format, routes);
    }

    @Test
    void threeGatewaysOnOneBrokerAndOneElsewhere() {
        inBothVersions((world, version) -> {
            for (String gateway : List.of("G1", "G2", "G3")) {
                world.bridge(gateway, "B1", version, Format.ENVELOPE, "t/# both 1");
            }
            world.bridge("G4", "B2", version, Format.ENVELOPE, "t/# both 1");
        });
    }

    @Test
    void oneGatewayForEachWayOnOneBroker() {
        inBothVersions((world, version) -> {
            world.bridge("G1", "B1", version, Format.ENVELOPE, "t/# out 1");
            world.bridge("G2", "B1", version, Format.ENVELOPE, "t/# in 1");
            world.bridge("G3", "B2", version, Format.ENVELOPE, "t/# both 1");
        });
    }

    @Test
    void twoBridgesOfOneGatewayOnOneBroker() {
        inBothVersions((world, version) -> {
            world.bridge("G1", "B1", version, Format.ENVELOPE, "t/# both 1");
            world.bridge("G1", "B2", version, Format.ENVELOPE, "t/# both 1");
            world.bridge("G2", "B2", version, Format.ENVELOPE, "t/0 both 1", "t/+ both 1");
        });
    }

    @Test
    void circleOverTwoSubclusters() {
        inBothVersions((world, version) -> circle(world, version, Format.ENVELOPE, 2));
    }

    @Test
    void circleOverTwoSubclustersInRawFormat() {
        inBothVersions((world, version) -> circle(world, version, Format.RAW, 2));
    }

    @Test
    void circleOverThreeSubclusters() {
        inBothVersions((world, version) -> circle(world, version, Format.ENVELOPE, 3));
    }

    /** Each subcluster leads one way from one broker to the next, the last one back to the first. */
    private static void circle(World world, MqttVersion version, Format format, int brokers) {
        for (int i = 0; i < brokers; i++) {
            int next = (i + 1) % brokers;
            world.bridge("G" + i, "B" + i, "s" + i, version, format, eachTopic("out"));
            world.bridge("G" + next, "B" + next, "s" + i, version, format, eachTopic("in"));
        }
    }

    private static String[] eachTopic(String direction) {
        return new String[] {"t/0 " + direction + " 1", "t/1 " + direction + " 1", "t/2 " + direction + " 1"};
    }

    @Test
    void brokersOfDifferentVersions() {
        for (int mix = 0; mix < 4; mix++) {
            MqttVersion first = mix % 2 == 0 ? MqttVersion.FIVE : MqttVersion.THREE;
            MqttVersion second = mix / 2 == 0 ? MqttVersion.FIVE : MqttVersion.THREE;
            exactlyOnceEverywhere(
                    (world, version) -> {
                        world.bridge("G1", "B1", first, Format.ENVELOPE, "t/# both 1");
                        world.bridge("G2", "B1", second, Format.ENVELOPE, "t/# both 1");
                        world.bridge("G3", "B2", version, Format.ENVELOPE, "t/# both 1");
                    },
                    MqttVersion.FIVE);
        }
    }

    @Test
    void handsOverExactlyOnceWhenConnectionsAreCut() {
        Counts counts = cutNowAndThen(world -> {
            world.bridge("G1", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 2");
            world.bridge("G2", "B2", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 2");
        });
        assertEquals(0, counts.missing, "missing of " + counts.expected);
        assertEquals(0, counts.doubled, "doubled of " + counts.expected);
    }

    /** What is on the wire of the bridge that goes may be published by the one that takes over, too. */
    @Test
    void losesNothingWhenOneBridgeTakesOverForAnother() {
        Counts counts = cutNowAndThen(world -> {
            world.bridge("G1", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G2", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G3", "B2", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
        });
        assertEquals(0, counts.missing, "missing of " + counts.expected);
        assertTrue(counts.doubled < counts.expected / 200, counts.doubled + " doubled of " + counts.expected);
    }

    private static final class Counts {
        private int expected;
        private int missing;
        private int doubled;

        void add(List<String> published, List<String> heard) {
            for (String message : published) {
                int times = Collections.frequency(heard, message);
                expected++;
                missing += times == 0 ? 1 : 0;
                doubled += Math.max(0, times - 1);
            }
        }
    }

    private static Counts cutNowAndThen(Consumer<World> wiring) {
        Counts counts = new Counts();
        for (long seed = 1; seed <= ROUNDS; seed++) {
            World world = new World(seed);
            wiring.accept(world);
            world.settle();
            List<String> published = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                List<String> brokers = world.brokerNames();
                String broker = brokers.get(world.simulation.random.nextInt(brokers.size()));
                byte[] payload = Integer.toString(i).getBytes(UTF_8);
                world.broker(broker).publish(new Message("t/1", payload, 2, false, null, List.of()));
                published.add("t/1=" + i);
                world.simulation.step(world.simulation.random.nextInt(40));
                if (i % 10 == 5) {
                    world.cutAny();
                }
                world.simulation.run(world.simulation.random.nextInt(1200));
            }
            world.simulation.run(120_000);
            world.brokerNames().forEach(broker -> counts.add(published, world.heardAt(broker)));
        }
        return counts;
    }

    @Test
    void aGatewayThatComesBackDoesNotRepeatWhatAnotherHasCarried() {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            World world = new World(seed);
            Bridge first = world.bridge("G1", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G2", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G3", "B2", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.settle();
            List<String> published = publish(world, world.brokerNames());
            world.broker("B1").publish(new Message("t/state", new byte[] {'x'}, 1, true, null, List.of()));
            published.add("t/state=x");
            world.settle();
            first.close(false);
            world.settle();
            world.node("G1", "s").up = false;
            published.addAll(publish(world, world.brokerNames()));
            world.settle();
            world.node("G1", "s").restart();
            world.bridge("G1", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.settle();
            published.addAll(publish(world, world.brokerNames()));
            world.settle();
            for (String broker : world.brokerNames()) {
                assertEquals(
                        published.stream().sorted().toList(),
                        world.heardAt(broker).stream().sorted().toList(),
                        "at " + broker + ", seed " + seed);
            }
        }
    }

    @Test
    void oneBridgePublishesWhatAnotherDoesNotGet() {
        for (long seed = 1; seed <= 20; seed++) {
            World world = new World(seed);
            world.bridge("G1", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G2", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G3", "B2", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.settle();
            world.node("G1", "s").up = false;
            world.broker("B2").publish(World.message("t/1", "needed"));
            world.simulation.run(2 * Standby.PATIENCE_MS);
            assertEquals(List.of("t/1=needed"), world.heardAt("B1"), "seed " + seed);
        }
    }

    @Test
    void aNewGatewayDoesNotRepeatWhatIsRetained() {
        for (long seed = 1; seed <= 20; seed++) {
            World world = new World(seed);
            world.bridge("G1", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.bridge("G3", "B2", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.settle();
            world.broker("B1").publish(new Message("t/state", new byte[] {'x'}, 1, true, null, List.of()));
            world.settle();
            world.bridge("G2", "B1", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1");
            world.settle();
            assertEquals(List.of("t/state=x"), world.heardAt("B2"), "seed " + seed);
        }
    }
}

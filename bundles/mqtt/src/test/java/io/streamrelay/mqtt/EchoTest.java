// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * MQTT 3.1.1 sends a bridge back what it has published, with nothing to tell it by, and keeps it for a bridge whose
 * process was killed meanwhile.
 */
class EchoTest {

    private static final int SEEDS = 200;
    private static final int STEPS_MAX = 60;
    private static final int READINGS = 5;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    private World world;

    private Bridge bridge(String gateway, String broker) {
        return world.bridge(gateway, broker, MqttVersion.THREE, Format.ENVELOPE, "t both 2");
    }

    private Bridge begin(int seed) {
        world = new World(seed);
        Bridge bridge = bridge("G", "A");
        bridge("H", "B");
        world.settle();
        return bridge;
    }

    private void assertNothingComesTwiceFromHereOn() {
        bridge("G", "A");
        List<String> all = publishAtB(READINGS);
        world.settle();
        assertEquals(all, world.heardAt("A"));
        assertEquals(all, world.heardAt("B"));
    }

    private List<String> publishAtB(int first) {
        IntStream readings = IntStream.range(first, first + READINGS);
        readings.forEach(i -> world.broker("B").publish(exactlyOnce(Integer.toString(i))));
        return IntStream.range(0, first + READINGS).mapToObj(i -> "t=" + i).toList();
    }

    private static Message exactlyOnce(String text) {
        return new Message("t", text.getBytes(StandardCharsets.UTF_8), 2, false, null, List.of());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isTakenForNoNewMessageAfterTheBridgeWasKilled(int seed) {
        Bridge bridge = begin(seed);
        publishAtB(0);
        world.simulation.step(world.simulation.random.nextInt(STEPS_MAX));
        world.kill("G", bridge);
        assertNothingComesTwiceFromHereOn();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isKnownThoughTheBrokerHasNotSentItBackBeforeTheBridgeWasKilled(int seed) {
        Bridge bridge = begin(seed);
        world.broker("A").isBehind = true;
        publishAtB(0);
        world.simulation.run(world.simulation.random.nextInt(STEPS_MAX));
        world.kill("G", bridge);
        world.broker("A").isBehind = false;
        assertNothingComesTwiceFromHereOn();
    }

    /** Others may pass by their thousands while a message waits for its echo. */
    @ParameterizedTest
    @MethodSource("seeds")
    void isPublishedOnceThoughTheClientRemembersOnlyWhatIsStillWaitedFor(int seed) {
        Bridge bridge = begin(seed);
        world.broker("A").isBehind = true;
        publishAtB(0);
        world.simulation.run(world.simulation.random.nextInt(STEPS_MAX));
        world.broker("A").forgetSettled();
        world.kill("G", bridge);
        world.broker("A").isBehind = false;
        assertNothingComesTwiceFromHereOn();
        assertEquals(0, world.broker("A").unsettled());
    }

    /** An application publishes what the bridge has, and what it has got back by then. */
    @Test
    void equalReadingOfAnApplicationPassesAfterTheBridgeWasKilled() {
        Bridge bridge = begin(1);
        List<String> all = publishAtB(0);
        world.settle();
        world.kill("G", bridge);
        bridge("G", "A");
        world.settle();
        world.broker("A").publish(exactlyOnce("0"));
        world.settle();
        assertEquals(
                IntStream.rangeClosed(0, all.size())
                        .mapToObj(i -> "t=" + i % READINGS)
                        .toList(),
                world.heardAt("B"));
    }
}

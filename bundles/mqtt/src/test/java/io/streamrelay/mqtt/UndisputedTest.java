// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bridge G is away from broker A for a while; bridge H is at broker B. */
class UndisputedTest {

    private static final int SEEDS = 50;

    /** Less than a bridge takes to find out who is there. */
    private static final long AT_ONCE_MS = 10;

    private static final long SHORT_LIFE_MS = 400;

    private World world;
    private Bridge bridge;
    private MqttVersion version;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    private void begin(int seed) {
        beginWith(seed, World.SETTLE_MS);
    }

    private void beginWith(int seed, long lifeMs) {
        world = new World(seed);
        version = seed % 2 == 0 ? MqttVersion.THREE : MqttVersion.FIVE;
        bridge("H", "B", "# in 2");
        world.settle();
        bridge = bridge("G", "A", "t both 2");
        world.simulation.run(lifeMs);
    }

    private Bridge bridge(String gateway, String broker, String route) {
        return world.bridge(gateway, broker, version, Format.ENVELOPE, route);
    }

    private void end(int seed) {
        if (seed % 4 < 2) {
            world.kill("G", bridge);
        } else {
            bridge.close(false);
            world.settle();
        }
    }

    private void publish(String text) {
        world.broker("A").publish(World.message("t", text));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesWhatWaitsAsSoonAsItIsConnected(int seed) {
        begin(seed);
        bridge("K", "A", "other both 2");
        world.settle();
        end(seed);
        publish("waits");
        bridge("G", "A", "t both 2");
        world.simulation.run(AT_ONCE_MS);
        assertEquals(List.of("t=waits"), world.heardAt("B"));
        publish("live");
        world.settle();
        assertEquals(List.of("t=waits", "t=live"), world.heardAt("B"));
    }

    /** It has lived just long enough to find out who is there. */
    @ParameterizedTest
    @MethodSource("seeds")
    void takesWhatWaitsAfterAShortLife(int seed) {
        beginWith(seed, SHORT_LIFE_MS);
        end(seed);
        publish("waits");
        bridge("G", "A", "t both 2");
        world.simulation.run(AT_ONCE_MS);
        assertEquals(List.of("t=waits"), world.heardAt("B"));
    }

    /** Which was there before, or has come meanwhile, and may have gone again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void leavesToAnotherBridgeWhatThatOneHasCarried(int seed) {
        begin(seed);
        boolean wasThere = seed % 3 == 0;
        Bridge other = wasThere ? bridge("K", "A", "# out 2") : null;
        world.settle();
        List<String> published = new ArrayList<>();
        publish("together", published);
        end(seed);
        publish("first", published);
        if (!wasThere) {
            other = bridge("K", "A", "# out 2");
            world.settle();
        }
        publish("second", published);
        if (!wasThere && seed % 5 < 2) {
            other.close(false);
            world.settle();
            publish("third", published);
        }
        bridge("G", "A", "t both 2");
        world.simulation.run(seed % 7);
        publish("last", published);
        assertEquals(
                published.stream().sorted().toList(),
                world.heardAt("B").stream().sorted().toList());
    }

    private void publish(String text, List<String> published) {
        publish(text);
        published.add("t=" + text);
        world.settle();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void asksFirstWhenItDoesSomethingElse(int seed) {
        begin(seed);
        bridge("K", "A", "u both 2");
        world.settle();
        end(seed);
        bridge("G", "A", "+ both 2");
        world.settle();
        world.broker("A").publish(World.message("u", "once"));
        world.settle();
        assertEquals(List.of("u=once"), world.heardAt("B"));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two bridges that come to one broker at about the same time, and one at another. */
class MeetingBridgesTest {

    private static final int SEEDS = 100;

    private static final int HEAD_START_MS_MAX = 100;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void knowOfEachOtherThoughTheBrokerOverlooksWhatIsNew(int seed) {
        World world = new World(seed);
        world.broker("A").overlooksWhatIsNew = true;
        MqttVersion version = seed % 2 == 0 ? MqttVersion.THREE : MqttVersion.FIVE;
        world.bridge("G", "A", version, Format.ENVELOPE, "t both 1");
        world.simulation.run(world.simulation.random.nextInt(HEAD_START_MS_MAX));
        world.bridge("K", "A", version, Format.ENVELOPE, "t both 1");
        world.bridge("H", "B", version, Format.ENVELOPE, "t both 1");
        world.settle();
        List<String> readings = IntStream.range(0, 10).mapToObj(i -> "t=" + i).toList();
        for (int i = 0; i < readings.size(); i++) {
            world.broker("B").publish(World.message("t", Integer.toString(i)));
        }
        world.settle();
        assertEquals(readings, world.heardAt("A"));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broker A says that it has kept sessions which it has not, and B hears what comes out. */
class CarelessBrokerTest {

    private final World world = new World(1);

    @BeforeEach
    void start() {
        world.broker("A").isCareless = true;
        world.broker("A").publish(retained("early"));
        world.bridge("H", "B", MqttVersion.FIVE, Format.ENVELOPE, "# both 1");
        world.bridge("G", "A", MqttVersion.THREE, Format.ENVELOPE, "# both 1");
        world.settle();
    }

    private static Message retained(String text) {
        return new Message("state", text.getBytes(UTF_8), 1, true, null, List.of());
    }

    private void restart() {
        world.broker("A").forget();
        world.cutAll();
        world.settle();
    }

    @Test
    void getsItsSubscriptionsAgainWhenItHasForgottenThem() {
        restart();
        world.broker("A").publish(World.message("t", "1"));
        world.settle();
        world.broker("B").publish(World.message("t", "2"));
        world.settle();
        assertEquals(List.of("state=early", "t=1", "t=2"), world.heardAt("B"));
        assertEquals(List.of("state=early", "t=1", "t=2"), world.heardAt("A"));
    }

    /** Whichever bridge is back first gives the broker its name again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void getsThoseOfEachOfItsBridgesAgain(long seed) {
        World shared = new World(seed);
        shared.broker("A").isCareless = true;
        shared.bridge("H", "B", MqttVersion.FIVE, Format.ENVELOPE, "# both 1");
        shared.bridge("G", "A", MqttVersion.THREE, Format.ENVELOPE, "t both 1");
        shared.bridge("K", "A", MqttVersion.THREE, Format.ENVELOPE, "u both 1");
        shared.settle();
        shared.broker("A").forget();
        shared.cutAll();
        shared.settle();
        shared.broker("A").publish(World.message("t", "1"));
        shared.broker("A").publish(World.message("u", "2"));
        shared.settle();
        assertEquals(Set.of("t=1", "u=2"), Set.copyOf(shared.heardAt("B")));
        assertEquals(2, shared.heardAt("B").size());
    }

    @Test
    void isNotTakenForNewWhenItHasKeptThem() {
        world.cutAll();
        world.broker("A").publish(World.message("t", "1"));
        world.settle();
        assertEquals(List.of("state=early", "t=1"), world.heardAt("B"));
    }

    /** Their flags are no sign there that they are told again. */
    @Test
    void hasItsRetainedPublicationsCarriedBeforeAndAfter() {
        world.broker("A").publish(retained("live"));
        world.settle();
        restart();
        world.broker("A").publish(retained("late"));
        world.settle();
        assertEquals(List.of("state=early", "state=live", "state=late"), world.heardAt("B"));
        assertEquals("late", new String(world.broker("B").retained("state").payload(), UTF_8));
    }
}

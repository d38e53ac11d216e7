// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A bridge gives up a connection that nothing is wrong with, so that the broker goes on. */
class ConnectingAnewTest {

    private final World world = new World(1);
    private Bridge bridge;

    private void start(String route) {
        world.bridge("H", "B", MqttVersion.FIVE, Format.ENVELOPE, "# both 2");
        bridge = world.bridge("G", "A", MqttVersion.FIVE, Format.ENVELOPE, route);
        world.settle();
    }

    private void publish(String broker, String topic, String text) {
        world.broker(broker).publish(World.message(topic, text));
    }

    @Test
    void connectsAnewToAskForMessagesOfQosTwoThatWereLeftToTheBroker() {
        start("t both 1");
        List<SimLink> before = world.connected();
        before.forEach(link -> link.keptBack = true);
        world.settle();
        assertTrue(before.stream().anyMatch(link -> !link.isConnected()));
        assertEquals(before.size(), world.connected().size());
        publish("A", "t", "1");
        world.settle();
        assertEquals(List.of("t=1"), world.heardAt("B"));
    }

    @Test
    void connectsAnewWhenTheBrokerForgetsToAnswer() {
        start("t both 1");
        world.broker("B").forgetsToAnswer = true;
        for (int i = 0; i < 20; i++) {
            publish("A", "t", Integer.toString(i));
        }
        world.simulation.run(InLane.ANSWER_MS / 2);
        world.broker("B").forgetsToAnswer = false;
        assertFalse(world.heardAt("B").contains("t=19"), "it would have to wait for answers");
        world.simulation.run(InLane.ANSWER_MS);
        assertTrue(world.heardAt("B").contains("t=19"), () -> "it waits for ever: " + world.heardAt("B"));
    }

    @Test
    void connectsAnewWhenTheBrokerForgetsToConfirmASubscription() {
        start("t/# both 1");
        world.broker("A").forgetsToConfirmSubscriptions = true;
        bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "t/+ both 1"));
        world.simulation.run(InLane.ANSWER_MS / 2);
        world.broker("A").forgetsToConfirmSubscriptions = false;
        assertEquals(Set.of("t/#", "t/+"), world.broker("A").filters());
        world.simulation.run(InLane.ANSWER_MS);
        assertEquals(Set.of("t/+"), world.broker("A").filters());
        publish("A", "t/a", "1");
        world.settle();
        assertEquals(List.of("t/a=1"), world.heardAt("B"));
    }

    /** Until then what is published is nobody's. */
    @Test
    void isAtWorkWhenTheBrokerHasConfirmedItsSubscriptions() {
        world.broker("A").forgetsToConfirmSubscriptions = true;
        start("t both 1");
        assertFalse(isAtWork());
        world.broker("A").forgetsToConfirmSubscriptions = false;
        world.simulation.run(2 * InLane.ANSWER_MS);
        assertTrue(isAtWork(), "it waits for ever");
        publish("A", "t", "1");
        world.settle();
        assertEquals(List.of("t=1"), world.heardAt("B"));
        world.broker("A").reachable = false;
        world.cutAll();
        world.settle();
        assertFalse(isAtWork());
    }

    private boolean isAtWork() {
        return world.report(bridge).info().connected();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One bridge on broker A of gateway G, and another on broker B of gateway H to hear what comes out. */
class BridgeTest {

    private final World world = new World(1);
    private Bridge bridge;

    @BeforeEach
    void startOtherSide() {
        world.bridge("H", "B", MqttVersion.FIVE, Format.ENVELOPE, "# both 2");
    }

    private void start(MqttVersion version, String... routes) {
        bridge = world.bridge("G", "A", version, Format.ENVELOPE, routes);
        world.settle();
    }

    private void publish(String broker, String topic, String text) {
        world.broker(broker).publish(World.message(topic, text));
    }

    private static Message retained(String topic, String text) {
        return new Message(topic, text.getBytes(UTF_8), 1, true, null, List.of());
    }

    @Test
    void keepsOrderAndLosesNothingWhenTheMeshIsBusy() {
        start(MqttVersion.FIVE, "t both 1");
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            publish("A", "t", Integer.toString(i));
            published.add("t=" + i);
            if (i % 20 == 10) {
                world.mesh.refuse(1 + world.simulation.random.nextInt(5));
            }
            world.simulation.step(3);
        }
        world.simulation.run(60_000);
        assertEquals(published, world.heardAt("B"));
    }

    @Test
    void leavesMessagesWithTheBrokerWhileTheMeshIsBusy() {
        start(MqttVersion.FIVE, "t both 1");
        world.mesh.refuse(Integer.MAX_VALUE);
        for (int i = 0; i < 50; i++) {
            publish("A", "t", Integer.toString(i));
        }
        world.simulation.run(5000);
        assertEquals(50, world.broker("A").backlog());
        world.mesh.refuse(0);
        world.simulation.run(60_000);
        assertEquals(0, world.broker("A").backlog());
        assertEquals(50, world.heardAt("B").size());
    }

    /** The next session knows by the mesh's commits alone what needs not be sent again. */
    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void sendsNothingTwiceWhenItIsConfiguredAnewWhileCommitsTakeLong(MqttVersion version) {
        start(version, "t out 1");
        world.mesh.commitAfter(8_000);
        publish("A", "t", "slow");
        world.simulation.run(100);
        world.mesh.commitAfter(0);
        BridgeSettings before = World.settings("A", "s", version, Format.ENVELOPE, "t out 1");
        bridge.configure(new BridgeSettings(
                before.broker(),
                before.username(),
                "another password",
                before.clientId(),
                before.tls(),
                before.version(),
                before.subcluster(),
                before.routes(),
                before.status()));
        world.simulation.run(60_000);
        publish("A", "t", "next");
        world.settle();
        assertEquals(1, Collections.frequency(world.heardAt("B"), "t=slow"), () -> "heard " + world.heardAt("B"));
        assertEquals(0, world.broker("A").backlog());
    }

    @Test
    void leavesMessagesInTheMeshWhileTheBrokerIsAway() {
        start(MqttVersion.FIVE, "t both 1");
        world.broker("A").reachable = false;
        world.cutAll();
        publish("B", "t", "later");
        world.simulation.run(120_000);
        assertEquals(1, world.node("G", "s").waiting());
        world.broker("A").reachable = true;
        world.simulation.run(120_000);
        assertEquals(List.of("t=later"), world.heardAt("A"));
        assertEquals(0, world.node("G", "s").waiting());
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void carriesWhatIsRetainedWhenItConnectsFirst(MqttVersion version) {
        world.broker("A").publish(retained("t", "state"));
        start(version, "t out 1");
        Message carried = world.broker("B").retained("t");
        assertNotNull(carried);
        assertEquals("state", new String(carried.payload(), UTF_8));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void clearsWhatIsRetained(MqttVersion version) {
        world.broker("A").publish(retained("t", "state"));
        start(version, "t out 1");
        world.broker("A").publish(retained("t", ""));
        world.settle();
        assertNull(world.broker("B").retained("t"));
    }

    @ParameterizedTest
    @EnumSource(MqttVersion.class)
    void doesNotSendWhatIsRetainedAgainWhenItReconnects(MqttVersion version) {
        world.broker("A").publish(retained("t", "state"));
        start(version, "t both 1");
        int heard = world.heardAt("B").size();
        world.cutAll();
        world.settle();
        assertEquals(heard, world.heardAt("B").size());
    }

    @Test
    void carriesRetainedFlagsOfLivePublications() {
        start(MqttVersion.FIVE, "t out 1");
        world.broker("A").publish(retained("t", "live"));
        world.settle();
        assertNotNull(world.broker("B").retained("t"));
    }

    @Test
    void carriesPropertiesAndContentTypeButNoMarkOfItsOwnTwice() {
        start(MqttVersion.FIVE, "t both 1");
        List<Message.Property> properties = List.of(new Message.Property("unit", "K"));
        world.broker("A").publish(new Message("t", new byte[] {1}, 1, false, "application/x", properties));
        world.settle();
        Message heard = world.broker("B").heard().get(0);
        assertEquals("application/x", heard.contentType());
        assertEquals(properties.get(0), heard.properties().get(0));
        assertTrue(Via.hasPassed(heard, world.node("G", "s").id().hex()));
        assertEquals(heard.properties().stream().distinct().toList(), heard.properties());
    }

    /** To other brokers it says nothing. */
    @Test
    void leavesTheIdBehindThatItsOwnBrokerGives() {
        start(MqttVersion.FIVE, "t both 1");
        List<Message.Property> properties = List.of(
                new Message.Property("unit", "K"), new Message.Property(PublicationId.NAME, "0123456789abcdef-1"));
        world.broker("A").publish(new Message("t", new byte[] {1}, 1, false, null, properties));
        world.settle();
        List<Message.Property> heard = world.broker("B").heard().get(0).properties();
        assertTrue(heard.contains(properties.get(0)));
        assertFalse(heard.stream().anyMatch(property -> property.name().equals(PublicationId.NAME)));
    }

    @Test
    void movesTopicsByTheirPrefixes() {
        start(MqttVersion.FIVE, "data/# both 1 plant/ site7/");
        publish("A", "plant/data/x", "1");
        publish("B", "site7/data/y", "2");
        world.settle();
        assertTrue(world.heardAt("B").contains("site7/data/x=1"));
        assertTrue(world.heardAt("A").contains("plant/data/y=2"));
    }

    @Test
    void neverRoutesWhatConcernsTheBridges() {
        start(MqttVersion.FIVE, "# both 1");
        assertTrue(world.heardAt("A").isEmpty());
        assertTrue(world.heardAt("B").isEmpty());
    }

    @Test
    void takesOtherRoutesWhileMessagesFlow() {
        start(MqttVersion.FIVE, "a/# both 1");
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            publish("A", "a/x", Integer.toString(i));
            published.add("a/x=" + i);
            if (i == 50) {
                bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "a/# both 1", "b both 1"));
            }
            world.simulation.step(10);
        }
        world.settle();
        publish("A", "b", "new");
        published.add("b=new");
        world.settle();
        assertEquals(published, world.heardAt("B"));
        bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "b both 1"));
        world.settle();
        publish("A", "a/x", "no more");
        world.settle();
        assertEquals(published, world.heardAt("B"));
    }

    @Test
    void losesAndDoublesNothingWhenItsSubclusterIsReplacedWhileMessagesFlow() {
        start(MqttVersion.FIVE, "t both 2");
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            publish(i % 2 == 0 ? "A" : "B", "t", Integer.toString(i));
            published.add("t=" + i);
            if (i % 40 == 20) {
                world.relay("G").open("s", new SimSubcluster("s", world.node("G", "s")));
            }
            world.simulation.run(20);
        }
        world.simulation.run(60_000);
        assertEquals(
                published.stream().sorted().toList(),
                world.heardAt("B").stream().sorted().toList());
        assertEquals(
                published.stream().sorted().toList(),
                world.heardAt("A").stream().sorted().toList());
    }

    @Test
    void staysAwayFromTheBrokerUntilThereIsASubcluster() {
        start(MqttVersion.FIVE, "t both 1");
        world.relay("G").close("s");
        world.settle();
        publish("A", "t", "meanwhile");
        world.settle();
        assertFalse(world.heardAt("B").contains("t=meanwhile"));
        assertEquals(1, world.broker("A").backlog());
        world.relay("G").open("s", new SimSubcluster("s", world.node("G", "s")));
        world.settle();
        assertEquals(List.of("t=meanwhile"), world.heardAt("B"));
        assertEquals(0, world.broker("A").backlog());
    }

    @Test
    void followsASubclusterThatGetsAnotherKey() {
        start(MqttVersion.FIVE, "t both 1");
        world.relay("G").open("s", new SimSubcluster("s", world.node("G", "other")));
        world.settle();
        publish("A", "t", "elsewhere");
        world.settle();
        assertTrue(world.heardAt("B").isEmpty());
    }

    @Test
    void takesItsAnnouncementBackWhenItEnds() {
        start(MqttVersion.FIVE, "t both 1");
        assertEquals(1, world.broker("A").announcements());
        CompletionStage<Void> closed = bridge.close(false);
        world.settle();
        assertTrue(closed.toCompletableFuture().isDone());
        assertEquals(0, world.broker("A").announcements());
        publish("A", "t", "kept");
        assertEquals(1, world.broker("A").backlog());
    }

    @Test
    void letsTheBrokerForgetItWhenItIsDeleted() {
        start(MqttVersion.FIVE, "t both 1");
        bridge.close(true);
        world.settle();
        publish("A", "t", "nobody's");
        assertEquals(0, world.broker("A").backlog());
    }

    @Test
    void worksAloneOnABrokerThatForgetsEverything() {
        start(MqttVersion.FIVE, "t both 1");
        world.broker("A").forget();
        world.cutAll();
        world.settle();
        publish("A", "t", "1");
        publish("B", "t", "2");
        world.settle();
        assertEquals(List.of("t=1", "t=2"), world.heardAt("B").stream().sorted().toList());
        assertEquals(List.of("t=1", "t=2"), world.heardAt("A").stream().sorted().toList());
    }

    @Test
    void worksInPlaceOfABridgeThatIsGoneWithoutALastWill() {
        bridge = world.bridge("G", "A", MqttVersion.FIVE, Format.ENVELOPE, "t both 1");
        Announcement ghost = new Announcement(
                world.node("G", "s").id(),
                MqttVersion.FIVE,
                Routes.parse("routes", List.of("t both 1"), Format.ENVELOPE));
        String lowest = "0".repeat(64) + "/ghost";
        world.broker("A").publish(new Message(Presence.topicOf(lowest), ghost.encode(), 1, true, null, List.of()));
        world.settle();
        publish("A", "t", "the ghost's");
        world.settle();
        assertTrue(world.heardAt("B").isEmpty());
        world.simulation.run(Responsibility.SILENCE_MS);
        publish("A", "t", "ours");
        world.settle();
        assertEquals(List.of("t=ours"), world.heardAt("B"));
    }

    @Test
    void endsWhatIsNotWantedAnyMoreWhenItIsBack() {
        start(MqttVersion.FIVE, "t/# both 1");
        world.cutAll();
        bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "u/# both 1"));
        world.settle();

        assertEquals(Set.of("u/#"), world.broker("A").filters());
    }

    /** The configuration was changed while the gateway was off, or the gateway ended in the middle of a change. */
    @ParameterizedTest
    @EnumSource(SimBroker.Copies.class)
    void endsWhatAnEarlierLifeHadSubscribed(SimBroker.Copies copies) {
        world.broker("A").copies = copies;
        start(MqttVersion.FIVE, "t/# both 1");
        bridge.close(false);
        world.settle();
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            publish("A", "t/a", "away" + i);
            published.add("t/a=away" + i);
        }
        start(MqttVersion.FIVE, "t/+ both 1");
        for (int i = 0; i < 30; i++) {
            publish("A", "t/a", "back" + i);
            published.add("t/a=back" + i);
            world.simulation.run(10);
        }
        world.settle();

        assertEquals(Set.of("t/+"), world.broker("A").filters());
        assertEquals(published, world.heardAt("B"));
    }

    /** Brokers throw away what waits for a subscription that ends. */
    @ParameterizedTest
    @EnumSource(SimBroker.Copies.class)
    void losesNothingOfABacklogWhenTheRouteThatCarriesItChanges(SimBroker.Copies copies) {
        world.broker("A").copies = copies;
        start(MqttVersion.FIVE, "t/# both 1");
        List<String> published = new ArrayList<>();
        world.mesh.refuse(Integer.MAX_VALUE);
        for (int i = 0; i < 300; i++) {
            String reading = i % 3 == 0 ? "same" : Integer.toString(i);
            publish("A", "t/a", reading);
            published.add("t/a=" + reading);
        }
        world.simulation.run(5_000);
        bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "t/+ both 1"));
        world.simulation.run(20_000);
        world.mesh.refuse(0);
        world.simulation.run(120_000);

        assertEquals(published, world.heardAt("B"));
        assertEquals(Set.of("t/+"), world.broker("A").filters());
    }

    @Test
    void takesARouteBackAtOnce() {
        start(MqttVersion.FIVE, "t/# both 1");
        for (int round = 0; round < 20; round++) {
            bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "t/+ both 1"));
            world.simulation.run(100L * round);
            bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "t/# both 1"));
            world.simulation.run(20);
            for (int i = 0; i < 100; i++) {
                publish("A", "t/x/y", round + "-" + i);
                world.simulation.run(20);
            }
        }
        world.settle();

        assertEquals(2_000, world.heardAt("B").size());
        assertEquals(Set.of("t/#"), world.broker("A").filters());
    }

    @Test
    void carriesAgainWhatABrokerRetainsThatForgotItInTheMiddleOfAChange() {
        start(MqttVersion.FIVE, "t/# both 1");
        bridge.configure(World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "t/+ both 1"));
        world.cutAll();
        world.broker("A").forget();
        world.broker("A").publish(retained("t/state", "on"));
        world.settle();
        world.broker("A").publish(retained("t/state", "off"));
        world.settle();

        assertEquals(List.of("t/state=on", "t/state=off"), world.heardAt("B"));
    }
}

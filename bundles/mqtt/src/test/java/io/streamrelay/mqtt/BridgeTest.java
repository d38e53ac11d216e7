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
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.ArrayList;
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

    private static final List<String> PLANS =
            List.of("t/# both 1", "t/a both 2", "t/+ both 1", "+/a both 1", "t/a out 1", "t/a both 0,t/b both 1");

    /** How a broker sends what the changed routes carry, and whether some readings are equal. */
    private record Flow(MqttVersion version, SimBroker.Copies copies, boolean repeats, long busyMs, long unevenMs) {

        Flow(SimBroker.Copies copies, boolean repeats) {
            this(MqttVersion.FIVE, copies, repeats, 0, 0);
        }

        Flow with(MqttVersion other) {
            return new Flow(other, copies, repeats, busyMs, unevenMs);
        }

        Flow busy(long ms) {
            return new Flow(version, copies, repeats, ms, unevenMs);
        }

        Flow uneven(long ms) {
            return new Flow(version, copies, repeats, busyMs, ms);
        }
    }

    /** Changes the route that carries a topic to others that carry it, too, while readings of it are published. */
    private static List<String> heardOverChanges(long seed, Flow flow, List<String> published) {
        World world = new World(seed);
        world.broker("A").copies = flow.copies();
        world.broker("A").unevenMs = flow.unevenMs();
        if (flow.unevenMs() > 0) {
            world.broker("A").receiveMax = BrokerOptions.RECEIVE_MAX;
        }
        world.bridge("H", "B", MqttVersion.FIVE, Format.ENVELOPE, "# both 2");
        Bridge bridge = world.bridge("G", "A", flow.version(), Format.ENVELOPE, PLANS.get(0));
        world.settle();
        int knownFrom = flow.busyMs() == 0 ? 0 : 300;
        for (int i = 0; i < 600; i++) {
            boolean equal = flow.repeats() && i % 7 == 0;
            String reading = equal ? "same" : Integer.toString(i);
            world.broker("A").publish(World.message("t/a", reading));
            published.add("t/a=" + reading);
            int every = i < knownFrom ? 30 : 100;
            if (i % every == every / 2) {
                String[] plan = PLANS.get(world.simulation.random.nextInt(PLANS.size() - 1))
                        .split(",");
                bridge.configure(World.settings("A", "s", flow.version(), Format.ENVELOPE, plan));
            }
            world.simulation.run(world.simulation.random.nextInt(40));
            if (i == knownFrom) {
                world.broker("A").busyMs = flow.busyMs();
            }
        }
        world.settle();
        return world.heardAt("B");
    }

    /** What a broker does that has much to do, once it is known. */
    @ParameterizedTest
    @EnumSource(value = SimBroker.Copies.class, names = "EACH_.*", mode = EnumSource.Mode.MATCH_ALL)
    void losesAndDoublesNothingThoughCopiesComeASecondApart(SimBroker.Copies copies) {
        for (long seed = 1; seed <= 100; seed++) {
            List<String> published = new ArrayList<>();
            List<String> doubled =
                    new ArrayList<>(heardOverChanges(seed, new Flow(copies, false).busy(1_000), published));
            List<String> missing = new ArrayList<>(published);
            doubled.forEach(missing::remove);
            published.forEach(doubled::remove);
            assertEquals(List.of(), missing, "missing, seed " + seed);
            assertEquals(List.of(), doubled, "doubled, seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(SimBroker.Copies.class)
    void losesAndDoublesNothingWhileTheRouteThatCarriesItChanges(SimBroker.Copies copies) {
        for (long seed = 1; seed <= 100; seed++) {
            List<String> published = new ArrayList<>();
            // Equal readings now and then, but where nothing tells them from copies.
            boolean equals = copies == SimBroker.Copies.EACH || copies == SimBroker.Copies.EACH_SAYING_ALL;
            List<String> heard = heardOverChanges(seed, new Flow(copies, equals), published);
            assertEquals(
                    published.stream().sorted().toList(),
                    heard.stream().sorted().toList(),
                    "seed " + seed);
        }
    }

    /** Artemis has a queue for each subscription; what a new one brings may overtake what the old one has still to bring. */
    @ParameterizedTest
    @EnumSource(SimBroker.Copies.class)
    void keepsTheOrderWhileTheRouteThatCarriesItChanges(SimBroker.Copies copies) {
        for (long seed = 1; seed <= 100; seed++) {
            List<String> published = new ArrayList<>();
            List<String> heard = heardOverChanges(seed, new Flow(copies, false).uneven(150), published);
            assertEquals(published, heard, "seed " + seed);
        }
    }

    /** MQTT 3.1.1 does not tell two copies from two equal readings. */
    @ParameterizedTest
    @EnumSource(SimBroker.Copies.class)
    void losesNothingWhileTheRouteThatCarriesItChangesWithThreeOneOne(SimBroker.Copies copies) {
        losesNothingOverChanges(new Flow(copies, copies != SimBroker.Copies.ONE).with(MqttVersion.THREE));
    }

    /** For a moment Artemis sends two copies that say no more than one does; what is not known to be a copy is carried. */
    @Test
    void losesNothingThatRepeatsItselfWhileTheRouteThatCarriesItChanges() {
        losesNothingOverChanges(new Flow(SimBroker.Copies.EACH_SAYING_ALL_LATE, true));
    }

    private static void losesNothingOverChanges(Flow flow) {
        for (long seed = 1; seed <= 100; seed++) {
            List<String> published = new ArrayList<>();
            List<String> heard = heardOverChanges(seed, flow, published);
            List<String> missing = new ArrayList<>(published);
            heard.forEach(missing::remove);
            assertEquals(List.of(), missing, "seed " + seed);
        }
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

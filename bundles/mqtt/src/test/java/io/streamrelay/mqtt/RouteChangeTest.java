// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes that change while they carry messages. */
final class RouteChangeTest {

    private static final List<String> PLANS =
            List.of("t/# both 1", "t/a both 2", "t/+ both 1", "+/a both 1", "t/a out 1", "t/a both 0,t/b both 1");

    /** How a broker sends what the changed routes carry, and whether some readings are equal. */
    private record Flow(
            MqttVersion version, SimBroker.Copies copies, boolean repeats, long busyMs, long unevenMs, int every) {

        Flow(SimBroker.Copies copies, boolean repeats) {
            this(MqttVersion.FIVE, copies, repeats, 0, 0, 30);
        }

        Flow with(MqttVersion other) {
            return new Flow(other, copies, repeats, busyMs, unevenMs, every);
        }

        Flow busy(long ms) {
            return new Flow(version, copies, repeats, ms, unevenMs, every);
        }

        Flow uneven(long ms) {
            return new Flow(version, copies, repeats, busyMs, ms, every);
        }

        /** After so many readings, of which one takes 20 ms, the route changes again. */
        Flow changingEvery(int readings) {
            return new Flow(version, copies, repeats, busyMs, unevenMs, readings);
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
            int every = i < knownFrom ? 30 : flow.busyMs() == 0 ? flow.every() : 100;
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

    /** The next change comes while the one before is still under way. */
    @ParameterizedTest
    @EnumSource(SimBroker.Copies.class)
    void keepsTheOrderThoughChangesFollowEachOther(SimBroker.Copies copies) {
        for (int every : new int[] {3, 7, 12, 20}) {
            for (long seed = 1; seed <= 50; seed++) {
                List<String> published = new ArrayList<>();
                Flow flow = new Flow(copies, false).uneven(150).changingEvery(every);
                List<String> heard = heardOverChanges(seed, flow, published);
                assertEquals(published, heard, "every " + every + ", seed " + seed);
            }
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
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.Observation;
import io.streamrelay.simulator.Removals;
import io.streamrelay.simulator.SeededTest;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.Stages;
import io.streamrelay.simulator.Traffic;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import io.streamrelay.simulator.score.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.TestInfo;

/**
 * What a full store lets go of, in which order: expired, foreign, of a sender that takes more than a quarter, oldest;
 * own packets that nobody has got never. A model of that policy, fed with what came, has to drop the same packets.
 */
class FullStoreTest {

    private static final int CARRIER = 0;
    private static final int FOREIGN = 1;
    private static final int CHATTY = 2;
    private static final int QUIET = 3;
    private static final int SHORT_LIVED = 4;
    private static final int NODES = 8;
    private static final long ROOM_BYTES = 64_000;
    private static final int OVERHEAD_BYTES = 400;
    private static final Duration SHORT_LIFE = Duration.ofMinutes(10);

    @SeededTest
    void fullStoreLetsGoInTheOrderOfThePolicy(long seed, TestInfo test) {
        Score row = Score.row("A18").seed(seed).shownBy(test);
        Simulation simulation = stage(seed, test);
        Arrivals arrivals = new Arrivals(CARRIER, simulation::nowMs);
        Removals removals = new Removals(simulation::nowMs);
        Counts counts = new Counts();
        List.of(arrivals, removals, counts).forEach(simulation::watch);
        simulation.start(simulation.all());
        fill(simulation);
        Policy policy = new Policy(arrivals);
        List<Id> dropped = removals.all().stream()
                .filter(removal -> removal.node() == CARRIER)
                .map(Removals.Removal::packet)
                .toList();
        List<Id> evicted =
                dropped.stream().filter(id -> arrivals.maker(id) != SHORT_LIVED).toList();
        long own = simulation.node(CARRIER).store().packetIds().stream()
                .filter(id -> arrivals.maker(id) == CARRIER)
                .count();
        boolean inOrder = evicted.equals(policy.evicted());
        boolean counted = counts.sum() == dropped.size();
        row.measured(dropped.size() + " drops " + (inOrder ? "in" : "not in") + " the order of the policy, own kept "
                        + own + "/5, counted as " + counts.byName)
                .passed(inOrder && own == 5 && counted && counts.tellReasons());
        simulation.expect(
                inOrder && own == 5 && counted && counts.tellReasons(),
                "dropped " + makers(arrivals, evicted) + ", policy " + makers(arrivals, policy.evicted()) + ", own "
                        + own + ", counted " + counts.byName);
    }

    private static List<Integer> makers(Arrivals arrivals, List<Id> packets) {
        return packets.stream().map(arrivals::maker).toList();
    }

    /** All know the carrier alone, keep nothing of others, and never get anything from it. */
    private static Simulation stage(long seed, TestInfo test) {
        Simulation simulation = Stages.simulation(Stages.options(test, seed, NODES));
        simulation.configure(CARRIER, config -> Settings.carrying(config, ROOM_BYTES));
        for (int node = 1; node < NODES; node++) {
            simulation.bootstrap(node, CARRIER);
            simulation.configure(node, config -> Settings.carrying(config, 0));
        }
        simulation.configure(FOREIGN, config -> Settings.cluster(config, config.self()));
        simulation.reachability().contact();
        simulation.middlebox((from, to, bytes) -> from == CARRIER && Traffic.isPublication(bytes) ? null : bytes);
        return simulation;
    }

    private static void fill(Simulation simulation) {
        feed(simulation, FOREIGN, 8, 600, Duration.ofHours(6));
        feed(simulation, SHORT_LIVED, 5, 600, SHORT_LIFE);
        feed(simulation, QUIET, 6, 500, Duration.ofHours(6));
        simulation.reachability().contact();
        for (int count = 0; count < 5; count++) {
            simulation.publish(CARRIER, "all", 400);
        }
        feed(simulation, CHATTY, 30, 620, Duration.ofHours(6));
        simulation.run(SHORT_LIFE);
        feed(simulation, CHATTY, 30, 620, Duration.ofHours(6));
        for (int node = QUIET; node < NODES; node++) {
            feed(simulation, node, node == SHORT_LIVED ? 0 : 12, 500 + node, Duration.ofHours(6));
        }
    }

    private static void feed(Simulation simulation, int from, int messages, int bytes, Duration lifetime) {
        simulation.reachability().contact(CARRIER, from);
        simulation.run(Duration.ofSeconds(15));
        for (int count = 0; count < messages; count++) {
            simulation.publish(from, "all", bytes, lifetime);
            simulation.run(Duration.ofMillis(300));
        }
        simulation.run(Duration.ofSeconds(15));
    }

    /** What the carrier says that it let go of. */
    private static final class Counts implements Watcher {

        private final Map<String, Long> byName = new TreeMap<>();

        @Override
        public void observed(VirtualNode node, Observation observation) {
            if (node.number() == CARRIER
                    && observation instanceof Observation.Counted counted
                    && (counted.counter().startsWith("evicted")
                            || counted.counter().startsWith("expired"))) {
                byName.merge(counted.counter(), counted.amount(), Long::sum);
            }
        }

        long sum() {
            return byName.values().stream().mapToLong(Long::longValue).sum();
        }

        boolean tellReasons() {
            return byName.keySet()
                    .equals(Set.of("expired", "evicted-foreign", "evicted-sender-share", "evicted-oldest"));
        }
    }

    /** The policy of DESIGN.md §6; what expires does so in a pause. */
    private static final class Policy {

        private final Arrivals arrivals;
        private final Map<Id, Integer> held = new LinkedHashMap<>();
        private final List<Id> evicted = new ArrayList<>();

        Policy(Arrivals arrivals) {
            this.arrivals = arrivals;
            arrivals.order().stream()
                    .filter(id -> arrivals.maker(id) != CARRIER)
                    .forEach(this::add);
        }

        List<Id> evicted() {
            return evicted;
        }

        private void add(Id id) {
            held.keySet()
                    .removeIf(other -> arrivals.maker(other) == SHORT_LIVED
                            && arrivals.atMs(id) - arrivals.atMs(other) > SHORT_LIFE.toMillis());
            held.put(id, arrivals.bytes(id) + OVERHEAD_BYTES);
            while (held.values().stream().mapToLong(Integer::longValue).sum() > ROOM_BYTES) {
                Id victim = victim();
                held.remove(victim);
                evicted.add(victim);
            }
        }

        private Id victim() {
            Map<Integer, Long> shares = new TreeMap<>();
            held.forEach((id, bytes) -> shares.merge(arrivals.maker(id), (long) bytes, Long::sum));
            int heaviest = shares.entrySet().stream()
                    .filter(share -> share.getKey() != FOREIGN)
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            if (shares.containsKey(FOREIGN)) {
                return oldestOf(FOREIGN);
            }
            return shares.get(heaviest) > ROOM_BYTES / 4
                    ? oldestOf(heaviest)
                    : held.keySet().iterator().next();
        }

        private Id oldestOf(int maker) {
            return held.keySet().stream()
                    .filter(id -> arrivals.maker(id) == maker)
                    .findFirst()
                    .orElseThrow();
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.api.Id;
import io.streamrelay.simulator.Churn;
import io.streamrelay.simulator.ChurnOptions;
import io.streamrelay.simulator.ChurnOptions.Way;
import io.streamrelay.simulator.Delivery;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.VirtualNode;
import io.streamrelay.simulator.Watcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * S3: the sender goes at once for good, and the others come and go, some as new ones with an empty disk, while all write.
 * Whether the packet is still there for who comes then: what the disks of the nodes that are up have at the end.
 *
 * @param heldBySubscribers whose disk has it at the end, among the subscribers that are up
 * @param used how much of the caches others' packets take, in the mean of the nodes that are up
 * @param course who had it whenever another message had been written and its time had passed
 */
public record Survival(Share heldBySubscribers, double used, List<Moment> course) {

    /** @param held whose disk has it then, among the nodes that are up */
    public record Moment(Duration after, Share held) {

        double hours() {
            return after.toMillis() / 3_600_000.0;
        }
    }

    /** Two public nodes stay, so that there is an address to come back to. */
    static final int PUBLIC_THAT_STAY = 2;

    /** Of ten that go, one is gone for good, and another gateway takes its place. */
    static final int REPLACED_ONE_IN = 10;

    private static final Duration SENDER_GOES_AFTER = Duration.ofSeconds(2);

    /** Three departures a day for each node, an hour each: our own choice. */
    private static final Duration UP_MEAN = Duration.ofHours(7);

    private static final Duration AWAY_MEAN = Duration.ofHours(1);

    private static final int PLAINTEXT_BYTES = 200;

    /** Remembers under which id a message is stored. */
    private static final class StoredAs implements Watcher {

        private Message message;
        private Id id;

        @Override
        public void delivered(VirtualNode node, Delivery delivery) {
            if (delivery.message().equals(message)) {
                id = delivery.packetId();
            }
        }
    }

    /** What it sets, in one line. */
    static String conditions(Duration over) {
        return "senderGoesAfterMs=" + SENDER_GOES_AFTER.toMillis() + " upMeanMs=" + UP_MEAN.toMillis() + " awayMeanMs="
                + AWAY_MEAN.toMillis() + " replacedOneIn=" + REPLACED_ONE_IN + " publicThatStay=" + PUBLIC_THAT_STAY
                + " plaintextBytes=" + PLAINTEXT_BYTES + " lifetimeMs="
                + lifetime(over).toMillis();
    }

    /** @return whether a node that is up has it on its disk */
    public boolean survives() {
        return held().value() > 0;
    }

    /** Whose disk has it at the end, among the nodes that are up. */
    public Share held() {
        return end().held();
    }

    /** How long it was looked at. */
    double hours() {
        return end().hours();
    }

    /** How many messages others have written meanwhile. */
    int others() {
        return course.size();
    }

    private Moment end() {
        return course.get(course.size() - 1);
    }

    /**
     * @param cacheBytes what each node holds of others' packets
     * @param others how many messages others write meanwhile
     * @param goesOn asked whenever one has been written; it ends where this says no
     */
    public static Survival measured(
            NatCrowd crowd, Duration over, long cacheBytes, int others, Predicate<Moment> goesOn) {
        Simulation simulation = crowd.simulation();
        for (int node : simulation.all()) {
            simulation.configure(node, config -> Settings.carrying(config, cacheBytes));
        }
        StoredAs stored = new StoredAs();
        simulation.watch(stored);
        stored.message = crowd.publish(PLAINTEXT_BYTES, lifetime(over));
        simulation.run(SENDER_GOES_AFTER);
        simulation.crash(stored.message.from());
        RandomGenerator draws = simulation.chance("survival");
        List<Churn> churns = comingAndGoing(simulation, whoComesAndGoes(crowd, stored.message.from(), draws));
        List<Moment> course = new ArrayList<>();
        do {
            write(crowd, lifetime(over), draws);
            simulation.run(over.dividedBy(others));
            Duration after = over.multipliedBy(course.size() + 1).dividedBy(others);
            course.add(new Moment(after, share(up(simulation), stored.id)));
        } while (course.size() < others && goesOn.test(course.get(course.size() - 1)));
        churns.forEach(Churn::end);
        return of(simulation, stored, course);
    }

    /** It is to be there at the end because nodes hold it, and not to go because it is old. */
    private static Duration lifetime(Duration over) {
        return over.multipliedBy(2);
    }

    private static int[] whoComesAndGoes(NatCrowd crowd, int sender, RandomGenerator draws) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(0, crowd.publicNodes()).boxed().toList());
        for (int staying = 0; staying < PUBLIC_THAT_STAY; staying++) {
            all.remove(draws.nextInt(all.size()));
        }
        IntStream.range(crowd.publicNodes(), crowd.simulation().options().nodes())
                .filter(node -> node != sender)
                .forEach(all::add);
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Those that keep their disk, and those that are replaced, each with its part of the departures. */
    private static List<Churn> comingAndGoing(Simulation simulation, int[] nodes) {
        long upMs = UP_MEAN.toMillis();
        long awayMs = AWAY_MEAN.toMillis();
        Churn keeping = simulation.churn(
                new ChurnOptions(Way.CRASH, upMs * REPLACED_ONE_IN / (REPLACED_ONE_IN - 1), awayMs), nodes);
        // Draws depend on the moment: at the same one both would be for the same nodes.
        simulation.run(Duration.ofMillis(1));
        Churn replacing = simulation.churn(new ChurnOptions(Way.REPLACE, upMs * REPLACED_ONE_IN, awayMs), nodes);
        return List.of(keeping, replacing);
    }

    /** A subscriber that is up, by chance, writes. */
    private static void write(NatCrowd crowd, Duration lifetime, RandomGenerator draws) {
        Simulation simulation = crowd.simulation();
        int[] up = Arrays.stream(crowd.subscribers())
                .filter(node -> simulation.node(node).isAwake())
                .toArray();
        simulation.publish(up[draws.nextInt(up.length)], NatCrowd.SUBCLUSTER, PLAINTEXT_BYTES, lifetime);
    }

    private static List<VirtualNode> up(Simulation simulation) {
        return Arrays.stream(simulation.all())
                .mapToObj(simulation::node)
                .filter(VirtualNode::isAwake)
                .toList();
    }

    private static Survival of(Simulation simulation, StoredAs stored, List<Moment> course) {
        List<VirtualNode> up = up(simulation);
        List<VirtualNode> subscribers = up.stream()
                .filter(node -> node.isSubscribed(stored.message.subcluster()))
                .toList();
        double used = up.stream()
                .map(node -> node.engine().orElseThrow().store())
                .mapToDouble(store -> (double) store.carriedBytes() / store.carriedBytesMax())
                .average()
                .orElseThrow();
        return new Survival(share(subscribers, stored.id), used, course);
    }

    private static Share share(List<VirtualNode> nodes, Id packet) {
        long holders = nodes.stream()
                .filter(node -> node.store().packetIds().contains(packet))
                .count();
        return new Share((int) holders, nodes.size());
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.NatKind;
import io.streamrelay.simulator.NatOptions;
import io.streamrelay.simulator.Settings;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The reference's network S1: three public peers, or more, that are no members, and everybody else behind a NAT device of one's
 * own, 30 % of them symmetric; half are subscribed; NAT types are found, not told.
 */
public final class NatCrowd {

    public static final String SUBCLUSTER = "crowd";

    /** As many as the reference's network has. */
    private static final int PUBLIC = 3;

    /** How many public nodes each node is told of. */
    private static final int TOLD = 3;

    private static final double SYMMETRIC_SHARE = 0.3;
    private static final Duration FORMED = Duration.ofSeconds(120);

    static final Duration IDLE = Duration.ofMinutes(5);

    /** Not said of the reference's run; nobody switches on all gateways in one second. */
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(5);

    /** No full cones: whoever is behind one can be reached by everybody. */
    private static final List<NatKind> CONES = List.of(NatKind.ADDRESS_RESTRICTED, NatKind.PORT_RESTRICTED);

    /** Half of the nodes that are not public, as in the reference's network. */
    private static final int SUBSCRIBED_ONE_IN = 2;

    private final Simulation simulation;
    private final int publicNodes;
    private final int subscribedOneIn;

    private NatCrowd(Simulation simulation, int publicNodes, int subscribedOneIn) {
        this.simulation = simulation;
        this.publicNodes = publicNodes;
        this.subscribedOneIn = subscribedOneIn;
    }

    /** The network after its 120 s. */
    public static NatCrowd formed(SimulationOptions options, Function<SimulationOptions, Simulation> stage) {
        return formed(options, stage, PUBLIC);
    }

    /** The same with more public nodes, from number 0 on: each node is told of three of them. */
    static NatCrowd formed(SimulationOptions options, Function<SimulationOptions, Simulation> stage, int publicNodes) {
        return formed(new NatCrowd(stage.apply(options), publicNodes, SUBSCRIBED_ONE_IN));
    }

    /** The same, of which all but the public nodes are subscribed. */
    public static NatCrowd allSubscribed(
            SimulationOptions options, Function<SimulationOptions, Simulation> stage, int publicNodes) {
        return formed(new NatCrowd(stage.apply(options), publicNodes, 1));
    }

    private static NatCrowd formed(NatCrowd crowd) {
        crowd.form();
        return crowd;
    }

    /** All that such a network of each of these sizes has but what its {@link SimulationOptions} say, in one line. */
    static String conditions(int... sizes) {
        return "public=" + of(sizes, Scale::publicNodes) + " told=" + TOLD + " symmetricShare=" + SYMMETRIC_SHARE
                + " others=" + CONES + " mappingMs=" + NatOptions.DEFAULT_TIMEOUT_MS + " subscribers="
                + of(sizes, nodes -> subscribers(nodes, Scale.publicNodes(nodes), SUBSCRIBED_ONE_IN).length)
                + " startedWithinMs="
                + STARTED_WITHIN.toMillis() + " formedMs=" + FORMED.toMillis();
    }

    private static String of(int[] sizes, IntUnaryOperator number) {
        return IntStream.of(sizes).map(number).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    private void form() {
        RandomGenerator draws = simulation.chance("crowd");
        int nodes = simulation.options().nodes();
        int symmetric = (int) Math.round(SYMMETRIC_SHARE * nodes);
        for (int node = 0; node < nodes; node++) {
            if (node < publicNodes) {
                simulation.configure(node, Settings::indexed);
            } else {
                NatKind cone = CONES.get(draws.nextInt(CONES.size()));
                simulation.nat(node < publicNodes + symmetric ? NatKind.SYMMETRIC : cone, node);
            }
            simulation.bootstrap(node, someOfThePublic(node, draws));
        }
        simulation.subscribe(SUBCLUSTER, subscribers());
        simulation.startAll(STARTED_WITHIN);
        simulation.run(FORMED.minus(STARTED_WITHIN));
    }

    private int[] someOfThePublic(int node, RandomGenerator draws) {
        List<Integer> others = new ArrayList<>(IntStream.range(0, publicNodes)
                .filter(other -> other != node)
                .boxed()
                .toList());
        while (others.size() > TOLD) {
            others.remove(draws.nextInt(others.size()));
        }
        return others.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many nodes are public: those from number 0 on. */
    int publicNodes() {
        return publicNodes;
    }

    /** Publishes a packet with so many bytes of plaintext from a subscriber. */
    Message publish(int bytes) {
        return simulation.publish(publicNodes, SUBCLUSTER, bytes);
    }

    Message publish(int bytes, Duration lifetime) {
        return simulation.publish(publicNodes, SUBCLUSTER, bytes, lifetime);
    }

    int[] subscribers() {
        return subscribers(simulation.options().nodes(), publicNodes, subscribedOneIn);
    }

    private static int[] subscribers(int nodes, int publicNodes, int oneIn) {
        return IntStream.range(publicNodes, nodes)
                .filter(node -> (node - publicNodes) % oneIn == 0)
                .toArray();
    }

    int lastSubscriber() {
        int[] subscribers = subscribers();
        return subscribers[subscribers.length - 1];
    }

    /** Publishes one packet from a subscriber and waits until every other one has it: the times, sorted, in ms. */
    public long[] spread(Duration bound) {
        Message message = publish(200);
        simulation.awaitDelivery(bound);
        return simulation.witnesses().deliveries().timesMs(message);
    }

    /** What each node sends in a second while nothing is published, over five minutes. */
    public Idle idle() {
        Traffic traffic = simulation.witnesses().traffic();
        long bytesBefore = traffic.bytesWithHeaders();
        long datagramsBefore = traffic.datagrams();
        simulation.run(IDLE);
        double nodeSeconds = (double) simulation.options().nodes() * IDLE.toSeconds();
        return new Idle(
                (traffic.datagrams() - datagramsBefore) / nodeSeconds,
                (traffic.bytesWithHeaders() - bytesBefore) / nodeSeconds);
    }

    public Simulation simulation() {
        return simulation;
    }

    /**
     * For each node and second.
     *
     * @param bytes with the headers of IP and UDP of each datagram
     */
    public record Idle(double datagrams, double bytes) {}
}

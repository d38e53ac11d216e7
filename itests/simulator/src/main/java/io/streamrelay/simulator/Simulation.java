// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.EngineConfig;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The stage: nodes, their network, and the verbs of a scenario. Whatever goes wrong while it runs, a broken rule or an
 * engine that throws, ends in a {@link SimulationFailure} that says how to replay it.
 */
public final class Simulation {

    /** How often {@link #await} looks. */
    private static final long LOOK_EVERY_MS = 50;

    private static final int MISSING_SHOWN_MAX = 5;

    private final SimulationOptions options;
    private final VirtualTime time = new VirtualTime();
    private final Chance chance;
    private final VirtualNetwork network;
    private final NameServer names;
    private final MessageBook messages;
    private final Witnesses witnesses;
    private final List<VirtualNode> nodes;
    private final BootstrapEntries entries;
    private final Topology topology;

    private Simulation(SimulationOptions options, PrintStream log) {
        this.options = options;
        chance = new Chance(options.seed());
        topology = new Topology(options.nodes(), chance);
        messages = new MessageBook(chance);
        witnesses = new Witnesses(time, messages);
        entries = new BootstrapEntries(chance);
        Watcher watcher = witnesses.watcher(log);
        network = new VirtualNetwork(time, chance, options.link(), topology, watcher);
        names = new NameServer(options.nodes(), topology);
        PeerIds peerIds = new PeerIds(options.seed(), options.nodes());
        World world = new World(options, time, chance, peerIds, topology, network, names, messages, watcher);
        nodes = IntStream.range(0, options.nodes())
                .mapToObj(number -> new VirtualNode(number, world))
                .toList();
    }

    /** A stage with all its nodes down; the options are printed. */
    public static Simulation of(SimulationOptions options) {
        System.out.println(options);
        return new Simulation(options, null);
    }

    /** The same, and everything that happens is written to {@code log}. */
    public static Simulation logged(SimulationOptions options, PrintStream log) {
        log.println(options);
        return new Simulation(options, log);
    }

    /** Tells {@code node} where the others are: by address, by name, or with the peer id as well, as the seed draws. */
    public void bootstrap(int node, int... others) {
        List<String> named =
                Arrays.stream(others).mapToObj(this::node).map(entries::any).toList();
        act(() -> node(node).bootstrap(named));
    }

    /** Tells {@code node} the other's name alone. */
    public void bootstrapByName(int node, int other) {
        act(() -> node(node).bootstrap(List.of(BootstrapEntries.named(node(other)))));
    }

    /** Whether names can be looked up from now on. */
    public void nameServer(boolean up) {
        names.up(up);
    }

    /** Changes a node's settings, live if it is up. */
    public void configure(int node, UnaryOperator<EngineConfig> change) {
        act(() -> node(node).configure(change));
    }

    /** Sets a host's date: what it shows is as if it had shown {@code atStartMs} when the simulation began. */
    public void wallClock(int node, long atStartMs) {
        act(() -> node(node).wallClock(atStartMs));
    }

    /** Sets a host's date forward, or back, by so much. */
    public void jumpWallClock(int node, Duration by) {
        act(() -> node(node).jumpWallClock(by.toMillis()));
    }

    public void start(int... numbers) {
        each(numbers, VirtualNode::start);
    }

    /** Starts all nodes, each within the first {@code spread}. */
    public void startAll(Duration spread) {
        for (VirtualNode node : nodes) {
            time.after(chance.one("start of " + node, spread.toMillis() + 1), node::start);
        }
        run(spread);
    }

    /** Ends engines cleanly; their stores stay. */
    public void stop(int... numbers) {
        each(numbers, VirtualNode::stop);
    }

    /** Ends engines as a power cut does; what was committed stays. */
    public void crash(int... numbers) {
        each(numbers, VirtualNode::crash);
    }

    /** Empties the stores of nodes that are down. */
    public void wipe(int... numbers) {
        each(numbers, VirtualNode::wipe);
    }

    /** Replaces nodes that are down by others with the same settings, but another peer id, address, and empty store. */
    public void replace(int... numbers) {
        each(numbers, VirtualNode::replace);
    }

    /** Whether commits of these nodes succeed from now on; those that fail do so after the same time. */
    public void disk(boolean works, int... numbers) {
        each(numbers, node -> node.disk(works));
    }

    /** Disks of these nodes commit nothing for so long, and then all that waits. */
    public void stallDisk(Duration time, int... numbers) {
        each(numbers, node -> node.stallDisk(nowMs() + time.toMillis()));
    }

    /** Suspends hosts: nothing reaches their engines until they wake. */
    public void sleep(SleepClock clock, int... numbers) {
        each(numbers, node -> node.sleep(clock));
    }

    public void wake(int... numbers) {
        each(numbers, VirtualNode::wake);
    }

    /** Makes nodes come and go from now on, until that is ended. */
    public Churn churn(ChurnOptions options, int... numbers) {
        Churn churn = new Churn(options, time);
        each(numbers, node -> churn.add(node, chance.of("churn of " + node + " at " + time.nowMs())));
        return churn;
    }

    public void subscribe(String subcluster, int... numbers) {
        each(numbers, node -> node.subscribe(MessageBook.id(subcluster)));
    }

    public void unsubscribe(String subcluster, int... numbers) {
        each(numbers, node -> node.unsubscribe(MessageBook.id(subcluster)));
    }

    /** Publishes a message with a plaintext of that many bytes. */
    public Message publish(int from, String subcluster, int bytes) {
        return send(from, Message.TO_ALL, subcluster, bytes, MessageBook.LIFETIME_MS);
    }

    /** The same with a lifetime of its own. */
    public Message publish(int from, String subcluster, int bytes, Duration lifetime) {
        return send(from, Message.TO_ALL, subcluster, bytes, lifetime.toMillis());
    }

    /** Sends a message to one peer. */
    public Message stream(int from, int to, String subcluster, int bytes) {
        return send(from, to, subcluster, bytes, MessageBook.LIFETIME_MS);
    }

    private Message send(int from, int to, String subcluster, int bytes, long lifetimeMs) {
        Id id = MessageBook.id(subcluster);
        Message message = messages.write(from, to, id, bytes, time.nowMs(), lifetimeMs);
        act(() -> node(from).send(message));
        return message;
    }

    /** These nodes answer others' questions from here on. */
    public void answerQuestions(int... numbers) {
        each(numbers, VirtualNode::answerQuestions);
    }

    /** Asks whoever is within reach of a node, lets {@code patience} pass, and returns how many have answered. */
    public int ask(int node, Duration patience) {
        long question = node(node).ask(patience);
        run(patience.plusMillis(1));
        return node(node)
                .questions()
                .answersTo(question)
                .orElseThrow(() -> new SimulationFailure(
                        options, time.nowMs(), new Violation("question " + question + " has not ended")));
    }

    /** Nothing passes between these nodes and the others. */
    public void partition(int... group) {
        network.reachability().isolate(Arrays.stream(group).boxed().collect(Collectors.toSet()));
    }

    /** Ends the partition. */
    public void heal() {
        network.reachability().join();
    }

    /** Nothing passes between these two. */
    public void cut(int a, int b) {
        network.reachability().cut(a, b);
    }

    /** The link between these two works again. */
    public void mend(int a, int b) {
        network.reachability().mend(a, b);
    }

    /** Puts nodes behind a new NAT device of that kind, with the defaults of {@link NatOptions#of}. */
    public NatDevice nat(NatKind kind, int... numbers) {
        return nat(NatOptions.of(kind), numbers);
    }

    /**
     * Puts nodes behind a new NAT device: their private addresses there, 10.x, are then all that they have. Nodes that
     * are up are told that their address has changed.
     */
    public NatDevice nat(NatOptions device, int... numbers) {
        each(numbers, node -> node.sockets().unbind());
        NatDevice put = topology.nat(device, numbers);
        each(numbers, VirtualNode::rebind);
        return put;
    }

    /** Who reaches whom. */
    public Reachability reachability() {
        return network.reachability();
    }

    /** Somebody on the wire sees every datagram that is about to arrive. */
    public void middlebox(VirtualNetwork.Middlebox middlebox) {
        network.middlebox(middlebox);
    }

    /** Somebody more is told what happens, from now on. */
    public void watch(Watcher watcher) {
        witnesses.add(watcher);
    }

    /** Has something done at that time, as an event of its own. */
    public void at(long atMs, Runnable action) {
        time.at(atMs, action);
    }

    /** Changes what the links do. */
    public void link(LinkOptions link) {
        network.link(link);
    }

    /** What these nodes' lines carry from now on. */
    public void bandwidth(Bandwidth bandwidth, int... numbers) {
        Arrays.stream(numbers).forEach(node -> network.bandwidth(node, bandwidth));
    }

    /** Loses the next datagrams, whoever sends them. */
    public void dropNext(int datagrams) {
        network.dropNext(datagrams);
    }

    /** Lets time pass. */
    public void run(Duration duration) {
        act(() -> time.runUntil(time.nowMs() + duration.toMillis()));
    }

    /** Lets time pass until {@code condition} holds; it fails when that takes longer than {@code bound}. */
    public void await(String what, Duration bound, BooleanSupplier condition) {
        long untilMs = time.nowMs() + bound.toMillis();
        while (!condition.getAsBoolean()) {
            expect(time.nowMs() < untilMs, "within " + bound.toSeconds() + " s: " + what);
            run(Duration.ofMillis(LOOK_EVERY_MS));
        }
    }

    /** Every message is accepted, and every live subscriber has got it, within {@code bound}. */
    public void awaitDelivery(Duration bound) {
        long untilMs = time.nowMs() + bound.toMillis();
        List<String> missing = witnesses.deliveries().missing(nodes);
        while (!missing.isEmpty() && time.nowMs() < untilMs) {
            run(Duration.ofMillis(LOOK_EVERY_MS));
            missing = witnesses.deliveries().missing(nodes);
        }
        String shown = missing.stream().limit(MISSING_SHOWN_MAX).collect(Collectors.joining("\n  "));
        expect(missing.isEmpty(), "after " + bound.toSeconds() + " s " + missing.size() + " are owed:\n  " + shown);
    }

    /** All live nodes hold the same packets, in memory and on disk, within {@code bound}. */
    public void awaitConvergence(Duration bound) {
        await("all live nodes hold and store the same packets", bound, () -> Convergence.reached(nodes));
    }

    /**
     * Fails the run when {@code condition} does not hold.
     *
     * @throws SimulationFailure with the seed and the command that replays it
     */
    public void expect(boolean condition, String message) {
        if (!condition) {
            throw new SimulationFailure(options, time.nowMs(), new Violation(message));
        }
    }

    public SimulationOptions options() {
        return options;
    }

    public VirtualNode node(int number) {
        return nodes.get(number);
    }

    /** The numbers of all nodes. */
    public int[] all() {
        return IntStream.range(0, nodes.size()).toArray();
    }

    /** Milliseconds since the simulation began. */
    public long nowMs() {
        return time.nowMs();
    }

    /** Draws for the scenario itself. */
    public RandomGenerator chance(String purpose) {
        return chance.of("scenario." + purpose);
    }

    public List<Message> messages() {
        return messages.all();
    }

    /** Those who watched. */
    public Witnesses witnesses() {
        return witnesses;
    }

    public RunSummary summary() {
        return RunSummary.of(this);
    }

    private void each(int[] numbers, Consumer<VirtualNode> verb) {
        for (int number : numbers) {
            act(() -> verb.accept(node(number)));
        }
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (SimulationFailure e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw new SimulationFailure(options, time.nowMs(), e);
        }
    }
}

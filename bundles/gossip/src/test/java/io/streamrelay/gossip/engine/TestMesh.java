// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PeerIds;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** A few engines on a perfect network with a fixed delay, in virtual time. Faults are the simulator's business. */
final class TestMesh {

    static final long DELAY_MS = 10;

    /** A packet or its short form; of that the names stand for zeros. */
    static Decoded read(byte[] datagram) {
        return ShortForm.isShort(datagram)
                ? ShortForm.read(datagram, ShortForm.ZEROS).decoded()
                : Packet.decode(datagram);
    }

    private static final int SOCKETS = 2 + SocketId.POOL_MAX;

    private record Arrival(long atMs, long sequence, Endpoint from, Endpoint to, byte[] bytes) {}

    /** One engine and what came out of it. */
    final class Node {
        final Engine engine;
        final Id id;
        final ControlSigner signer;
        final TestNat nat;
        Endpoint endpoint;
        final Set<SocketId> sockets = new LinkedHashSet<>(List.of(SocketId.MAIN, SocketId.PROBE));
        final List<Action.Incoming> delivered = new ArrayList<>();
        final List<Action> answers = new ArrayList<>();
        final List<Observation> observations = new ArrayList<>();
        final List<Action.LetGo> letGo = new ArrayList<>();

        /** Whether its driver opens at once what it is given. */
        boolean opens = true;

        /** Whether its store commits at once what it is given. */
        boolean commits = true;

        /** What waits for that. */
        final List<Long> uncommitted = new ArrayList<>();

        private final NatType type;

        private Node(Id key, long seed, Endpoint at, TestNat nat, NatType type, List<String> bootstrap) {
            signer = new StandInSigner(key);
            id = PeerIds.of(key);
            this.nat = nat;
            this.type = type;
            endpoint = at;
            engine = new Engine(
                    config(bootstrap),
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                    signer,
                    epoch);
        }

        private EngineConfig config(List<String> bootstrap) {
            EngineConfig defaults = EngineConfig.of(id, TestPackets.CLUSTER, bootstrap);
            return new EngineConfig(
                    id,
                    TestPackets.CLUSTER,
                    false,
                    type,
                    null,
                    bootstrap,
                    defaults.heartbeatMs(),
                    carriedBytesMax,
                    defaults.backlogBytesMax(),
                    true,
                    defaults.messageBytesMax());
        }

        /** It is configured anew: it looks for that node alone. */
        void lookFor(Node other) {
            give(new Event.Configured(config(addresses(other))));
        }

        void give(Event event) {
            for (Action action : engine.handle(event, new Now(nowMs, wallAheadMs + nowMs))) {
                carryOut(action);
            }
        }

        private void carryOut(Action action) {
            if (action instanceof Action.Send send) {
                sent++;
                sentBytes += send.bytes().length;
                if (sockets.contains(send.socket()) && passes.test(this, send)) {
                    leave(at(send.socket()), send.to(), rewrite.apply(this, send.bytes()));
                }
            } else if (action instanceof Action.OpenSocket open) {
                sockets.add(open.socket());
            } else if (action instanceof Action.CloseSocket close) {
                sockets.remove(close.socket());
            } else if (action instanceof Action.Deliver deliver) {
                delivered.add(deliver.message());
                if (opens) {
                    give(new Event.Taken(deliver.message().packetId()));
                }
            } else if (action instanceof Action.LetGo gone) {
                letGo.add(gone);
            } else if (action instanceof Action.Persist persist && persist.token() != 0) {
                uncommitted.add(persist.token());
                if (commits) {
                    settle(Event.Committed::new);
                }
            } else if (action instanceof Action.Observe observe) {
                observations.add(observe.observation());
            } else {
                answers.add(action);
            }
        }

        /** The store says of all that waits that it is committed, or that it is not. */
        void settle(LongFunction<Event> outcome) {
            List<Long> tokens = List.copyOf(uncommitted);
            uncommitted.clear();
            tokens.forEach(token -> give(outcome.apply(token)));
        }

        private Endpoint at(SocketId socket) {
            return new Endpoint(endpoint.address(), endpoint.port() + socket.number());
        }

        private void leave(Endpoint from, Endpoint to, byte[] bytes) {
            Endpoint source = nat == null || nat.isInside(to) ? from : nat.leaving(from, to, nowMs);
            for (int copy = 0; copy < copies; copy++) {
                arrivals.add(new Arrival(nowMs + DELAY_MS, sequence++, source, to, bytes));
            }
        }

        void publish(long token, byte[] sealed) {
            give(new Event.Publish(token, message(sealed)));
        }

        long drops(DropReason reason) {
            return observations.stream()
                    .filter(seen -> seen instanceof Observation.Dropped dropped && dropped.reason() == reason)
                    .count();
        }

        /** The messages that it delivered and of which it has let go a part. */
        Set<Id> letGo() {
            Set<Id> messages = new TreeSet<>();
            letGo.forEach(gone -> messages.add(gone.message()));
            return messages;
        }

        boolean knows(Node other) {
            return engine.peers(nowMs).stream().anyMatch(peer -> peer.id().equals(other.id));
        }
    }

    private final Map<Endpoint, Node> nodes = new LinkedHashMap<>();
    private final Map<Integer, List<Node>> byAddress = new HashMap<>();

    /** Who does by hand what is done with datagrams to an address. */
    final Map<Endpoint, BiConsumer<Endpoint, byte[]>> scripts = new HashMap<>();

    private final List<TestNat> nats = new ArrayList<>();
    private final PriorityQueue<Arrival> arrivals =
            new PriorityQueue<>(Comparator.comparingLong(Arrival::atMs).thenComparingLong(Arrival::sequence));
    private long sequence;
    long seed;

    /** Which start it is of nodes that are started from now on. */
    long epoch = 1;

    long nowMs = 5_000;

    long sent;
    long sentBytes;

    /** How far the wall clock of all nodes is ahead of their monotonic clock. */
    long wallAheadMs = 1_800_000_000_000L;

    /** What nodes that are started from now on may hold of others' packets. */
    long carriedBytesMax = EngineConfig.DEFAULT_CARRIED_BYTES;

    /** How often each datagram arrives. */
    int copies = 1;

    BiFunction<Node, byte[], byte[]> rewrite = (from, bytes) -> bytes;
    BiPredicate<Node, Action.Send> passes = (from, send) -> true;

    static Event.Outgoing message(byte[] sealed) {
        return new Event.Outgoing(TestPackets.SUBCLUSTER, TestPackets.EVENT, null, null, null, sealed, 21_600_000);
    }

    /** Starts a node that looks for the given ones. */
    Node start(int number, Node... bootstrap) {
        return start(number, Endpoint.of("10.0.0." + number, 19777), null, bootstrap);
    }

    /** Starts a node with a public address and nothing before it. */
    Node startPublic(int number, Node... bootstrap) {
        return start(number, Endpoint.of("20.0.0." + number, 19777), null, bootstrap);
    }

    /** Starts a node behind a NAT. */
    Node startBehind(TestNat nat, int number, Node... bootstrap) {
        if (!nats.contains(nat)) {
            nats.add(nat);
        }
        return start(number, Endpoint.of(nat.insideNet() + number, 19777), nat, bootstrap);
    }

    private Node start(int number, Endpoint at, TestNat nat, Node... bootstrap) {
        return start(TestPackets.filled(number), number, at, nat, NatType.UNKNOWN, addresses(bootstrap));
    }

    private static List<String> addresses(Node... nodes) {
        return Stream.of(nodes).map(node -> node.endpoint.toString()).toList();
    }

    /** Starts a member somewhere in the Internet, which knows what stands before it and looks for the given ones. */
    Node member(int number, NatType type, Node... bootstrap) {
        return member(number, type, addresses(bootstrap));
    }

    Node member(int number, NatType type, List<String> bootstrap) {
        TestNat nat = TestNat.of(type, number, seed);
        Endpoint at;
        if (nat == null) {
            at = Endpoint.of("20.0." + number / 200 + "." + (1 + number % 200), 19777);
        } else {
            nats.add(nat);
            at = Endpoint.of(nat.insideNet() + "2", 19777);
        }
        byte[] id = new byte[Id.BYTES];
        new Random(number).nextBytes(id);
        Node node = start(Id.of(id), 1_000 * seed + number, at, nat, type, bootstrap);
        node.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        return node;
    }

    private Node start(Id id, long random, Endpoint at, TestNat nat, NatType type, List<String> bootstrap) {
        Node node = new Node(id, random, at, nat, type, bootstrap);
        nodes.put(node.endpoint, node);
        byAddress
                .computeIfAbsent(node.endpoint.address(), fresh -> new ArrayList<>())
                .add(node);
        node.give(new Event.Opened(19777, 19778, List.of(node.endpoint.address())));
        return node;
    }

    Node subscribed(int number, Node... bootstrap) {
        Node node = start(number, bootstrap);
        node.give(new Event.Subscribe(TestPackets.SUBCLUSTER));
        return node;
    }

    /** The node goes on at another address. */
    void move(Node node, Endpoint to) {
        stop(node);
        node.endpoint = to;
        nodes.put(to, node);
        byAddress.computeIfAbsent(to.address(), fresh -> new ArrayList<>()).add(node);
    }

    void stop(Node node) {
        nodes.remove(node.endpoint);
        byAddress.getOrDefault(node.endpoint.address(), new ArrayList<>()).remove(node);
    }

    /** A datagram reaches the node's main socket, whatever stands before it. */
    void inject(Endpoint from, Node to, byte[] bytes) {
        inject(from, to.endpoint, bytes);
    }

    void inject(Endpoint from, Endpoint to, byte[] bytes) {
        arrivals.add(new Arrival(nowMs, sequence++, from, to, bytes));
    }

    /** A datagram reaches the main sockets of all, its sender's too. */
    void broadcast(Node from, byte[] bytes) {
        for (Node node : nodes.values()) {
            arrivals.add(new Arrival(nowMs + DELAY_MS, sequence++, from.endpoint, node.endpoint, bytes));
        }
    }

    void run(long durationMs) {
        long endMs = nowMs + durationMs;
        while (true) {
            long nextMs = arrivals.isEmpty() ? Long.MAX_VALUE : arrivals.peek().atMs();
            for (Node node : nodes.values()) {
                nextMs = Math.min(nextMs, node.engine.nextDeadlineMs());
            }
            if (nextMs > endMs) {
                nowMs = endMs;
                return;
            }
            nowMs = Math.max(nowMs, nextMs);
            step();
        }
    }

    private void step() {
        while (!arrivals.isEmpty() && arrivals.peek().atMs() <= nowMs) {
            arrive(arrivals.poll());
        }
        for (Node node : List.copyOf(nodes.values())) {
            if (node.engine.nextDeadlineMs() <= nowMs) {
                node.give(new Event.TimerDue());
            }
        }
    }

    private void arrive(Arrival arrival) {
        Endpoint to = arrival.to();
        for (TestNat nat : nats) {
            if (to != null && nat.isOutside(to)) {
                to = nat.entering(to, arrival.from(), nowMs);
            }
        }
        if (to == null) {
            return;
        }
        BiConsumer<Endpoint, byte[]> script = scripts.get(to);
        if (script != null) {
            script.accept(arrival.from(), arrival.bytes());
        }
        for (Node node : List.copyOf(byAddress.getOrDefault(to.address(), List.of()))) {
            arrive(node, to.port() - node.endpoint.port(), arrival);
        }
    }

    private static void arrive(Node node, int socket, Arrival arrival) {
        if (socket >= 0 && socket < SOCKETS && node.sockets.contains(new SocketId(socket))) {
            node.give(new Event.Datagram(new SocketId(socket), arrival.from(), arrival.bytes()));
        }
    }
}

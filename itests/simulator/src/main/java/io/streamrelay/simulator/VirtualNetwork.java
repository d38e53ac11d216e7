// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Carries datagrams between nodes in virtual time: late, twice, in another order, or not at all. */
public final class VirtualNetwork {

    /** A socket's receiving end. */
    @FunctionalInterface
    public interface Receiver {

        /** Takes a datagram; the array is the receiver's own. */
        void receive(Endpoint from, byte[] bytes);
    }

    /** Somebody on the wire who sees each datagram that is about to arrive. */
    @FunctionalInterface
    public interface Middlebox {

        /** What arrives: the bytes, others in their place, or null for nothing. */
        byte[] pass(int from, int to, byte[] bytes);
    }

    private record Socket(int node, Receiver receiver) {}

    private record Sending(int fromNode, Endpoint from, Endpoint to, byte[] bytes, int checksum) {}

    /** The latency within one network, and between two sockets of a NAT device's network through its public address. */
    private static final long LAN_LATENCY_MS = 1;

    private final VirtualTime time;
    private final Topology topology;
    private final NatPassage passage;
    private final Chance chance;
    private final RandomGenerator lossChance;
    private final RandomGenerator duplicationChance;
    private final RandomGenerator jitterChance;
    private final Map<Endpoint, Socket> sockets = new HashMap<>();
    /** By two sites: the hash of one number of both would be one of few, their exclusive or. */
    private final Map<Integer, Map<Integer, Double>> latencyShares = new HashMap<>();

    private final Reachability reachability = new Reachability();
    private final Lines lines = new Lines();
    private LinkOptions link;
    private Middlebox middlebox = (from, to, bytes) -> bytes;
    private int dropNext;

    VirtualNetwork(VirtualTime time, Chance chance, LinkOptions link, Topology topology, Watcher watcher) {
        this.time = time;
        this.chance = chance;
        this.topology = topology;
        passage = new NatPassage(time, topology, watcher);
        this.link = link;
        lossChance = chance.of("network.loss");
        duplicationChance = chance.of("network.duplication");
        jitterChance = chance.of("network.jitter");
    }

    /** Opens a socket of a node. */
    public void open(Endpoint endpoint, int node, Receiver receiver) {
        sockets.put(endpoint, new Socket(node, receiver));
    }

    /** Closes it; what is under way to it is lost. */
    public void close(Endpoint endpoint) {
        sockets.remove(endpoint);
    }

    /** Sends one datagram; it looks at the array when the datagram arrives, as a queue before a socket would. */
    public void send(int fromNode, Endpoint from, Endpoint to, byte[] bytes) {
        boolean lost = lossChance.nextDouble() < link.loss();
        boolean doubled = duplicationChance.nextDouble() < link.duplication();
        long firstJitterMs = jitterMs();
        long secondJitterMs = jitterMs();
        OptionalLong upMs = lines.up(fromNode, bytes.length, time.nowMs());
        Optional<Endpoint> seenFrom = upMs.isEmpty() ? Optional.empty() : passage.leave(from, to);
        if (seenFrom.isEmpty() || lost || dropped()) {
            return;
        }
        Sending sending = new Sending(fromNode, seenFrom.get(), to, bytes, Arrays.hashCode(bytes));
        long latencyMs = upMs.getAsLong() + latencyMs(from, to);
        time.after(latencyMs + firstJitterMs, () -> arrive(sending));
        if (doubled) {
            time.after(latencyMs + secondJitterMs, () -> arrive(sending));
        }
    }

    /** What the links do from now on. */
    public void link(LinkOptions options) {
        link = options;
    }

    /** What a node's line carries from now on. */
    void bandwidth(int node, Bandwidth bandwidth) {
        lines.bandwidth(node, bandwidth);
    }

    /** All datagrams pass through this one from now on. */
    void middlebox(Middlebox other) {
        middlebox = other;
    }

    /** Loses the next datagrams, whoever sends them. */
    public void dropNext(int datagrams) {
        dropNext = datagrams;
    }

    Reachability reachability() {
        return reachability;
    }

    private void arrive(Sending sending) {
        if (Arrays.hashCode(sending.bytes()) != sending.checksum()) {
            throw new Violation("node " + sending.fromNode() + " changed a datagram after it had handed it over");
        }
        Endpoint inside = passage.enter(sending.from(), sending.to()).orElse(null);
        Socket socket = sockets.get(inside);
        if (socket != null && reachability.between(sending.fromNode(), socket.node())) {
            lines.down(socket.node(), sending.bytes().length, time.nowMs())
                    .ifPresent(downMs -> handAfter(downMs, inside, sending));
        }
    }

    /** What waits before a line when its link is cut is lost, too. */
    private void handAfter(long delayMs, Endpoint inside, Sending sending) {
        Socket socket = sockets.get(inside);
        if (delayMs > 0) {
            time.after(delayMs, () -> handAfter(0, inside, sending));
        } else if (socket != null && reachability.between(sending.fromNode(), socket.node())) {
            byte[] arrives = middlebox.pass(
                    sending.fromNode(), socket.node(), sending.bytes().clone());
            if (arrives != null) {
                socket.receiver().receive(sending.from(), arrives);
            }
        }
    }

    private boolean dropped() {
        if (dropNext == 0) {
            return false;
        }
        dropNext--;
        return true;
    }

    private long jitterMs() {
        return (long) (jitterChance.nextDouble() * (link.jitterMs() + 1));
    }

    private long latencyMs(Endpoint from, Endpoint to) {
        int a = topology.site(from).orElseThrow();
        int b = topology.site(to).orElseThrow();
        if (a == b) {
            return LAN_LATENCY_MS;
        }
        double share = latencyShares
                .computeIfAbsent(Math.min(a, b), low -> new HashMap<>())
                .computeIfAbsent(Math.max(a, b), high -> chance.of("network.latency." + Reachability.pair(a, b))
                        .nextDouble());
        return link.latencyMinMs() + (long) (share * (link.latencyMaxMs() - link.latencyMinMs() + 1));
    }
}

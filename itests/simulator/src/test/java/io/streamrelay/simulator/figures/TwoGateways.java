// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.Deliveries;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import io.streamrelay.simulator.Traffic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Two gateways and the line between them: node 0 writes, node 1 reads, and what came of that is measured. */
public final class TwoGateways {

    public static final int NODES = 2;

    /**
     * What a run came to.
     *
     * @param delivered the share of messages that came out
     * @param payloadShare message bytes that came out, of all bytes sent toward the reader
     * @param sentPerNeeded publish datagrams sent toward the reader for each that it needed
     * @param control the share of bytes in both directions that carry no message
     * @param lastSeconds from the first message to the last delivery
     * @param p99Seconds from a message to its delivery
     */
    public record Outcome(
            double delivered,
            double payloadShare,
            double sentPerNeeded,
            double control,
            double lastSeconds,
            double p99Seconds) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "delivered %.1f %%, payload %.1f %%, sent/needed %.2f, control %.1f %%, last %.1f s, p99 %.1f s",
                    100 * delivered,
                    100 * payloadShare,
                    sentPerNeeded,
                    100 * control,
                    lastSeconds,
                    p99Seconds);
        }
    }

    private static final String SUBCLUSTER = "line";
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Simulation simulation;
    private Traffic.Toward toReader;
    private Traffic.Toward toWriter;
    private long payloadBytes;
    private long needed;
    private long beganMs;

    private TwoGateways(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Both are up and connected, and have been quiet for a while. */
    public static TwoGateways connected(
            SimulationOptions options, Duration within, Function<SimulationOptions, Simulation> stage) {
        TwoGateways two = prepared(options, stage);
        two.connect(within);
        return two;
    }

    /** Both are down; the link between them can be changed before they {@link #connect}. */
    public static TwoGateways prepared(SimulationOptions options, Function<SimulationOptions, Simulation> stage) {
        Simulation simulation = stage.apply(options);
        simulation.bootstrap(1, 0);
        simulation.subscribe(SUBCLUSTER, 0, 1);
        return new TwoGateways(simulation);
    }

    /** Starts both, and waits until each lists the other. */
    public void connect(Duration within) {
        simulation.start(0, 1);
        simulation.await("both are connected", within, () -> lists(0, 1) && lists(1, 0));
        simulation.run(Duration.ofSeconds(30));
        begin();
    }

    private boolean lists(int node, int other) {
        return simulation.witnesses().observations().connected(simulation.node(node), simulation.node(other));
    }

    /** What is measured begins here. */
    public void begin() {
        toReader = toward(1);
        toWriter = toward(0);
        beganMs = simulation.nowMs();
    }

    private Traffic.Toward toward(int node) {
        return simulation.witnesses().traffic().toward(simulation.node(node).endpoint());
    }

    public Simulation simulation() {
        return simulation;
    }

    /** The reader's line. */
    public TwoGateways line(Bandwidth bandwidth) {
        simulation.bandwidth(bandwidth, 1);
        return this;
    }

    /** The writer writes so many messages, each after a pause. */
    public void write(int messages, int bytes, Duration pause) {
        for (int count = 0; count < messages; count++) {
            simulation.publish(0, SUBCLUSTER, bytes);
            payloadBytes += bytes;
            needed += packets(bytes);
            simulation.run(pause);
        }
    }

    /** Packets of a message: one up to 864 bytes, else a head and fragments of 1,024 (protocol-v6 §1.5). */
    public static long packets(int bytes) {
        int sealed = bytes + 160;
        return sealed <= 1024 ? 1 : 1 + (sealed + 1023) / 1024;
    }

    public boolean isComplete() {
        Deliveries deliveries = simulation.witnesses().deliveries();
        return deliveries.count() == simulation.messages().size();
    }

    /** Lets time pass until all is delivered, at the most so long. */
    public TwoGateways run(Duration atMost) {
        long untilMs = simulation.nowMs() + atMost.toMillis();
        while (!isComplete() && simulation.nowMs() < untilMs) {
            simulation.run(LOOK);
        }
        return this;
    }

    /** What was sent toward the reader since the beginning. */
    public Traffic.Toward towardReader() {
        return toward(1).since(toReader);
    }

    /** What was sent toward the writer since the beginning. */
    public Traffic.Toward towardWriter() {
        return toward(0).since(toWriter);
    }

    /** Publications that came though they had come before. */
    public long duplicates() {
        return simulation
                .witnesses()
                .observations()
                .counts()
                .getOrDefault("dropped " + DropReason.DUPLICATE.label(), 0L);
    }

    /** Milliseconds since the beginning. */
    public long elapsedMs() {
        return simulation.nowMs() - beganMs;
    }

    public Outcome outcome() {
        Deliveries deliveries = simulation.witnesses().deliveries();
        double delivered = (double) deliveries.count() / simulation.messages().size();
        long[] times = simulation.messages().stream()
                .flatMapToLong(message -> LongStream.of(deliveries.timesMs(message)))
                .sorted()
                .toArray();
        long lastMs = simulation.messages().stream()
                .mapToLong(message -> cameMs(deliveries, message))
                .max()
                .orElse(0);
        Traffic.Toward reader = towardReader();
        Traffic.Toward writer = towardWriter();
        double all = reader.bytes() + writer.bytes();
        return new Outcome(
                delivered,
                delivered * payloadBytes / reader.bytes(),
                (double) reader.publishDatagrams() / needed,
                1 - (reader.publishBytes() + writer.publishBytes()) / all,
                (lastMs - beganMs) / 1e3,
                times.length == 0 ? 0 : times[Math.min(times.length - 1, times.length * 99 / 100)] / 1e3);
    }

    private static long cameMs(Deliveries deliveries, Message message) {
        return Arrays.stream(deliveries.timesMs(message)).max().orElse(0) + message.sentMs();
    }
}

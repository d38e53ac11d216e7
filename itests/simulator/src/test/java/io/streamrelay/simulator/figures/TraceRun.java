// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.simulator.Message;
import io.streamrelay.simulator.MessageBook;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * S6: gateways that meet by chance, and messages from one to another by way of carriers that cannot read them; beside
 * rules of the textbook, and what is possible at all, on the same contacts.
 *
 * @param fates one for each message
 */
public record TraceRun(List<Fate> fates) {

    public static final int NODES = 20;
    static final int SPRAYED = 8;

    private static final int MESSAGES = 20;
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(5);
    private static final Duration SENT_WITHIN = Duration.ofHours(2);
    private static final String SUBCLUSTER = "trace";
    private static final int PLAINTEXT_BYTES = 200;

    /**
     * Seconds from sending a message until it came, infinite when it did not, and the copies that each rule made.
     *
     * @param earliest when it could come at all
     * @param oursCopies how many nodes took it, in the mean of the run
     * @param oursTransfers publish datagrams, likewise; the others hand over each copy once
     */
    public record Fate(
            double ours,
            double earliest,
            double epidemic,
            double sprayAndWait,
            double oursCopies,
            double epidemicCopies,
            double sprayAndWaitCopies,
            double oursTransfers) {}

    /** What it sets, in one line. */
    static String conditions() {
        return "lengthMs=" + LENGTH.toMillis() + " messages=" + MESSAGES + " sentWithinMs=" + SENT_WITHIN.toMillis()
                + " plaintextBytes=" + PLAINTEXT_BYTES + " startedWithinMs=" + STARTED_WITHIN.toMillis() + " copiesMax="
                + SPRAYED + " lifetimeMs=" + MessageBook.LIFETIME_MS + " " + ContactTrace.conditions();
    }

    public static TraceRun measured(SimulationOptions options, Function<SimulationOptions, Simulation> stage) {
        Simulation simulation = stage.apply(options);
        RandomGenerator draws = simulation.chance("trace");
        ContactTrace trace = ContactTrace.drawn(NODES, LENGTH.toMillis(), draws);
        Taken taken = new Taken();
        simulation.watch(taken);
        isolate(simulation);
        // The two ends are members; carriers are not.
        simulation.subscribe(SUBCLUSTER, 0, NODES - 1);
        simulation.startAll(STARTED_WITHIN);
        long startMs = simulation.nowMs();
        follow(simulation, trace, startMs);
        List<Message> messages = new ArrayList<>();
        for (int count = 0; count < MESSAGES; count++) {
            messages.add(simulation.publish(0, SUBCLUSTER, PLAINTEXT_BYTES));
            simulation.run(SENT_WITHIN.dividedBy(MESSAGES));
        }
        simulation.run(Duration.ofMillis(startMs + LENGTH.toMillis() - simulation.nowMs()));
        double oursCopies = (double) taken.packets() / MESSAGES;
        double sent = simulation.witnesses().traffic().datagrams(PacketType.PUBLISH);
        return new TraceRun(messages.stream()
                .map(message -> fate(simulation, trace, message, startMs, oursCopies, sent / MESSAGES))
                .toList());
    }

    private static void isolate(Simulation simulation) {
        for (int one = 0; one < NODES; one++) {
            for (int other = one + 1; other < NODES; other++) {
                simulation.cut(one, other);
                simulation.bootstrap(other, earlier(other));
            }
        }
    }

    private static int[] earlier(int node) {
        return IntStream.range(0, node).toArray();
    }

    private static void follow(Simulation simulation, ContactTrace trace, long startMs) {
        for (ContactTrace.Contact contact : trace.contacts()) {
            simulation.at(startMs + contact.fromMs(), () -> simulation.mend(contact.one(), contact.other()));
            simulation.at(startMs + contact.toMs(), () -> simulation.cut(contact.one(), contact.other()));
        }
    }

    private static Fate fate(
            Simulation simulation,
            ContactTrace trace,
            Message message,
            long startMs,
            double oursCopies,
            double oursTransfers) {
        long sentMs = message.sentMs() - startMs;
        long[] timesMs = simulation.witnesses().deliveries().timesMs(message);
        Routing epidemic = Routing.epidemic(trace, 0, NODES - 1, sentMs);
        Routing sprayed = Routing.sprayAndWait(trace, 0, NODES - 1, sentMs, SPRAYED);
        return new Fate(
                timesMs.length == 0 ? Double.POSITIVE_INFINITY : timesMs[0] / 1e3,
                seconds(EarliestArrival.of(trace, 0, NODES - 1, sentMs), sentMs),
                seconds(epidemic.arrivedMs(), sentMs),
                seconds(sprayed.arrivedMs(), sentMs),
                oursCopies,
                epidemic.copies(),
                sprayed.copies(),
                oursTransfers);
    }

    private static double seconds(long arrivedMs, long sentMs) {
        return arrivedMs == Routing.NEVER ? Double.POSITIVE_INFINITY : (arrivedMs - sentMs) / 1e3;
    }
}

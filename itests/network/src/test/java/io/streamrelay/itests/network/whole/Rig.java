// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.lab.Host;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A contender at work on its stage. */
record Rig(Stage stage, Ends ends, List<Part> parts, double startSeconds) implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(120);

    /** Starts one side, then the other, and waits until a message has crossed. */
    static Rig start(Contender contender) throws Exception {
        Stage stage = Stage.open();
        try {
            contender.startThere(stage);
            long beginNs = System.nanoTime();
            contender.startHere(stage);
            Ends ends = contender.ends();
            ends.awaitFirst(START_MAX);
            double seconds = (System.nanoTime() - beginNs) / 1e9;
            return new Rig(stage, ends, contender.parts(), seconds);
        } catch (Exception | AssertionError e) {
            stage.close();
            throw e;
        }
    }

    /** Has a load carried; who has ended meanwhile ends the measurement. */
    Outcome carry(Load load) throws InterruptedException {
        Outcome outcome = ends.carry(load);
        parts.forEach(Part::requireRunning);
        return outcome;
    }

    /** What both hosts have sent since they are there. */
    Traffic traffic() {
        return sent(stage.here()).plus(sent(stage.there()));
    }

    private static Traffic sent(Host host) {
        Host.Sent sent = host.sent();
        return new Traffic(sent.bytes(), sent.frames());
    }

    double processorSeconds() {
        return parts.stream().mapToDouble(Part::processorSeconds).sum();
    }

    /** On the host whose processes hold more. */
    double residentMb() {
        return larger(host -> on(host).mapToDouble(Part::residentMb).sum());
    }

    /** Of the gateways alone, the larger. */
    double gatewayMb() {
        return larger(host -> on(host).limit(1).mapToDouble(Part::residentMb).sum());
    }

    private double larger(ToDoubleFunction<Host> measure) {
        return Math.max(measure.applyAsDouble(stage.here()), measure.applyAsDouble(stage.there()));
    }

    private Stream<Part> on(Host host) {
        return parts.stream().filter(part -> part.host().equals(host));
    }

    @Override
    public void close() {
        stage.close();
    }
}

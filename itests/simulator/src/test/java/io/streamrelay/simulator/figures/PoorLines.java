// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import io.streamrelay.simulator.Bandwidth;
import io.streamrelay.simulator.LinkOptions;
import io.streamrelay.simulator.Simulation;
import io.streamrelay.simulator.SimulationOptions;
import java.time.Duration;
import java.util.function.Function;

/** Lines that carry little, take long or lose much, and what becomes of messages on them (criteria D16, D21, D22, D24). */
public final class PoorLines {

    private static final Duration CONNECTED = Duration.ofMinutes(10);
    private static final Duration BOUND = Duration.ofMinutes(30);

    /** A round trip of some 100 ms beside the line's own pace. */
    private static final LinkOptions NEAR = new LinkOptions(50, 50, 0, 0, 0);

    private PoorLines() {}

    /** A line of so many bits a second, and messages that are written all at once. */
    public static TwoGateways.Outcome narrow(
            SimulationOptions options,
            long bitsPerSecond,
            int messages,
            int bytes,
            Function<SimulationOptions, Simulation> stage) {
        TwoGateways two = TwoGateways.prepared(options.withLink(NEAR), stage).line(Bandwidth.ofBits(bitsPerSecond));
        two.connect(CONNECTED);
        two.write(messages, bytes, Duration.ZERO);
        return two.run(BOUND).outcome();
    }

    /** A long way, with jitter of a tenth of it, some reordering by that, a hundredth lost and a hundredth doubled. */
    public static TwoGateways.Outcome distant(
            SimulationOptions options, long roundTripMs, Function<SimulationOptions, Simulation> stage) {
        LinkOptions link = new LinkOptions(roundTripMs / 2, roundTripMs / 2, roundTripMs / 20, 0.01, 0.01);
        TwoGateways two = TwoGateways.connected(options.withLink(link), CONNECTED, stage);
        two.write(200, 200, Duration.ofMillis(100));
        two.write(5, 50_000, Duration.ofSeconds(2));
        return two.run(BOUND).outcome();
    }

    /** A round trip of 50 ms, and so large a share that gets lost; five small messages a second. */
    public static TwoGateways.Outcome lossy(
            SimulationOptions options, double loss, Function<SimulationOptions, Simulation> stage) {
        TwoGateways two =
                TwoGateways.connected(options.withLink(new LinkOptions(25, 25, 0, loss, 0)), CONNECTED, stage);
        two.write(1_000, 200, Duration.ofMillis(200));
        return two.run(BOUND).outcome();
    }

    /** A kilobit a second up and a megabit down: the reader can say little of what comes. Bytes a second, upward. */
    public static double asymmetric(SimulationOptions options, Function<SimulationOptions, Simulation> stage) {
        TwoGateways two = TwoGateways.prepared(options.withLink(NEAR), stage).line(new Bandwidth(125, 125_000, 4_000));
        two.connect(CONNECTED);
        two.write(50, 8_000, Duration.ofMillis(200));
        two.run(BOUND);
        two.simulation().expect(two.isComplete(), "all comes down a line whose other direction is slow");
        System.out.println("asymmetric: " + two.outcome());
        return two.towardWriter().bytes() * 1e3 / two.elapsedMs();
    }
}

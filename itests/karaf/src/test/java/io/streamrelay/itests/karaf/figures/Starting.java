// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.figures;

import io.streamrelay.itests.karaf.process.GatewayHome;
import io.streamrelay.itests.karaf.process.GatewayProcess;
import io.streamrelay.itests.karaf.process.PortOffset;
import java.io.IOException;
import java.time.Duration;

/** How long a gateway with the default configuration takes to be ready, and how much memory it then holds. */
final class Starting {

    private static final int RUNS = 5;
    private static final Duration EXIT_MAX = Duration.ofSeconds(30);

    private Starting() {}

    /** Seconds from the launcher's start to the ready line, each time with a new home. */
    static Samples firstStarts() throws IOException, InterruptedException {
        double[] seconds = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            seconds[run] = start(GatewayHome.absent("figures-first-start"));
        }
        return new Samples(seconds);
    }

    /** Seconds from the launcher's start to the ready line, with the home of the run before. */
    static Samples restarts() throws IOException, InterruptedException {
        GatewayHome home = GatewayHome.absent("figures-restart");
        start(home);
        double[] seconds = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            seconds[run] = start(home);
        }
        return new Samples(seconds);
    }

    private static double start(GatewayHome home) throws IOException, InterruptedException {
        long before = System.nanoTime();
        try (GatewayProcess gateway = GatewayProcess.start(home, PortOffset.free())) {
            gateway.awaitReady();
            double seconds = (System.nanoTime() - before) / 1e9;
            gateway.terminate();
            gateway.awaitExit(EXIT_MAX);
            return seconds;
        }
    }

    /** Resident megabytes of a gateway that had nothing to do for a minute. */
    static long idleMegabytes() throws IOException, InterruptedException {
        try (GatewayProcess gateway = GatewayProcess.start(GatewayHome.absent("figures-idle"), PortOffset.free())) {
            gateway.awaitReady();
            gateway.awaitExit(Duration.ofMinutes(1)).ifPresent(status -> {
                throw new IllegalStateException("the gateway ended by itself: " + gateway.lines());
            });
            return Machine.residentMegabytes(gateway.pid());
        }
    }
}

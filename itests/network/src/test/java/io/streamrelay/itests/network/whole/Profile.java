// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.lab.LabNeeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Says what two gateways spend on a load, by thread, by library and by method: each runs under the Flight Recorder of its
 * virtual machine; see itests/benchmarks/run.
 */
public final class Profile {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration AFTERWARDS = Duration.ofMillis(500);

    /** Until then the compiler is at work. */
    private static final int WARM_SECONDS = 8;

    private final Path folder;
    private final int perSecond;
    private final int seconds;
    private final boolean records;

    private Profile(Path folder, int perSecond, int seconds, boolean records) {
        this.folder = folder;
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.records = records;
    }

    /**
     * @param arguments the folder for the recordings, how many messages a second, for how many seconds, and {@code
     *     record}, or {@code count} for the sums alone, which nothing burdens then
     */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        LabNeeds.lacking().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        Profile profile = new Profile(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                arguments[3].equals("record"));
        profile.run().forEach(System.out::println);
        // Threads that live on would hold up the end.
        System.exit(0);
    }

    private List<String> run() throws Exception {
        GatewayContender contender = new GatewayContender(Launcher.javaOptions());
        try (Rig rig = Rig.start(contender)) {
            rig.carry(load(WARM_SECONDS));
            List<ProfiledGateway> gateways = new ArrayList<>();
            for (Part part : rig.parts()) {
                if (part.name().equals(GatewayContender.GATEWAY)) {
                    gateways.add(new ProfiledGateway(part, contender.gateways().get(gateways.size())));
                }
            }
            for (ProfiledGateway gateway : gateways) {
                gateway.begin(records ? folder : null);
            }
            TimeUnit.MILLISECONDS.sleep(FlightRecording.MARGIN_MS);
            gateways.forEach(ProfiledGateway::before);
            Outcome outcome = rig.carry(load(seconds));
            gateways.forEach(ProfiledGateway::after);
            TimeUnit.MILLISECONDS.sleep(FlightRecording.MARGIN_MS);
            List<String> lines = new ArrayList<>();
            lines.add("%,d messages a second for %d s: %s; half within %.1f ms, 99 %% within %.1f ms."
                    .formatted(perSecond, seconds, outcome, outcome.latencyMs(0.5), outcome.latencyMs(0.99)));
            for (ProfiledGateway gateway : gateways) {
                lines.addAll(gateway.lines(outcome.delivered()));
            }
            return lines;
        }
    }

    private Load load(int forSeconds) {
        return new Load(perSecond * forSeconds, perSecond, PATIENCE, AFTERWARDS);
    }
}

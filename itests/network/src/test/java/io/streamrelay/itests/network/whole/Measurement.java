// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Takes one rig through all loads, one after the other. */
final class Measurement {

    private static final int SINGLE_PER_SECOND = 1;
    private static final int PACED_PER_SECOND = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** The reference looks what lacks every 30 s, and a bridge of Mosquitto may wait as long before it connects again. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(40);

    private static final Duration AFTERWARDS = Duration.ofMillis(500);
    private static final Duration LONG_AFTERWARDS = Duration.ofSeconds(5);

    private final Rig rig;
    private final Pace pace;
    private final Consumer<String> progress;
    private final Map<Figure, Double> measured = new EnumMap<>(Figure.class);

    Measurement(Rig rig, Pace pace, Consumer<String> progress) {
        this.rig = rig;
        this.pace = pace;
        this.progress = progress;
    }

    /** All figures but those of the rate that it holds. */
    Map<Figure, Double> run() throws InterruptedException {
        measured.put(Figure.START_SECONDS, rig.startSeconds());
        progress.accept("first message after %.1f s".formatted(rig.startSeconds()));
        TimeUnit.SECONDS.sleep(pace.idleSeconds());
        measured.put(Figure.IDLE_MB, rig.residentMb());
        measured.put(Figure.IDLE_GATEWAY_MB, rig.gatewayMb());
        singles();
        paced();
        burst();
        measured.put(Figure.LOADED_MB, rig.residentMb());
        measured.put(Figure.LOADED_GATEWAY_MB, rig.gatewayMb());
        return measured;
    }

    private void singles() throws InterruptedException {
        Spent spent = Spent.on(rig, new Load(pace.singles(), SINGLE_PER_SECOND, PATIENCE, AFTERWARDS));
        measured.put(Figure.SINGLE_IP_BYTES, spent.ipBytesEach());
        measured.put(Figure.SINGLE_WIRE_BYTES, spent.wireBytesEach());
        progress.accept("one each second: %s; %.0f bytes of IP each".formatted(spent.outcome(), spent.ipBytesEach()));
    }

    private void paced() throws InterruptedException {
        rig.carry(pace.warm());
        Spent spent = Spent.on(rig, new Load(pace.paced(), PACED_PER_SECOND, PATIENCE, AFTERWARDS));
        Outcome outcome = spent.outcome();
        measured.put(Figure.P50_MS, outcome.latencyMs(0.5));
        measured.put(Figure.P99_MS, outcome.latencyMs(0.99));
        measured.put(Figure.PACED_SHARE, outcome.share());
        measured.put(Figure.PACED_PROCESSOR_SECONDS, spent.processorSecondsForMany());
        progress.accept("100 each second: %s; half within %.2f ms, 99 %% within %.2f ms"
                .formatted(outcome, outcome.latencyMs(0.5), outcome.latencyMs(0.99)));
    }

    private void burst() throws InterruptedException {
        Outcome outcome = rig.carry(new Load(pace.burst(), 0, LONG_PATIENCE, LONG_AFTERWARDS));
        measured.put(Figure.BURST_SHARE, outcome.share());
        measured.put(Figure.BURST_DOUBLED, (double) outcome.doubled());
        measured.put(Figure.BURST_SECONDS, outcome.seconds());
        progress.accept("all at once: " + outcome);
    }
}

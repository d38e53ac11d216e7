// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.crypto.BouncyKeyRing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Seals after a pause in which the sealer has filled its stock of ephemeral keys: what a message waits for in a burst.
 * The arithmetic was done before, and is not in this figure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BurstBenchmark {

    /** Half of what the stock lasts for. */
    private static final int MESSAGES = 64;

    /** Long enough to make the ephemeral keys of one burst, several times over. */
    private static final long PAUSE_MS = 100;

    private static final int WARMING = 2_000;

    private final BouncyKeyRing keys = new BouncyKeyRing();
    private final Sealer sealer = keys.sealer(Publication.random(1, 32));
    private final byte[] plaintext = Publication.random(2, 200);

    /** Bursts alone would come too rarely for the compiler to take notice. */
    @Setup
    public void warm() {
        for (int i = 0; i < WARMING; i++) {
            sealer.seal(plaintext);
        }
    }

    @Setup(Level.Invocation)
    public void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }

    @TearDown
    public void close() {
        sealer.close();
        keys.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void sealFromStock(Blackhole taken) {
        for (int i = 0; i < MESSAGES; i++) {
            taken.consume(sealer.seal(plaintext));
        }
    }
}

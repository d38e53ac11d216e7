// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.crypto.BouncyKeyRing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Encrypt, sign, encrypt, and back, on one thread. Who seals without a pause gets nothing from the sealer's stock of
 * ephemeral keys, which is refilled in pauses only: each seal computes its own two.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealBenchmark {

    @Param({"200", "1000"})
    public int bytes;

    private final BouncyKeyRing keys = new BouncyKeyRing();
    private Sealer sealer;
    private byte[] plaintext;
    private byte[] sealed;

    @Setup
    public void prepare() {
        sealer = keys.sealer(Publication.random(1, 32));
        plaintext = Publication.random(2, bytes);
        sealed = sealer.seal(plaintext);
    }

    @TearDown
    public void close() {
        sealer.close();
        keys.close();
    }

    @Benchmark
    public byte[] seal() {
        return sealer.seal(plaintext);
    }

    @Benchmark
    public byte[] open() throws SealException {
        return sealer.open(sealed);
    }
}

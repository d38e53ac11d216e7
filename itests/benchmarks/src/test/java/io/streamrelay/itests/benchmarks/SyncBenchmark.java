// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.packet.Packet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two nodes meet, one with 6,000 packets, the other without some of them: the work of both until neither lacks any. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SyncBenchmark {

    private static final int PACKETS = 6_000;
    private static final long LIFETIME_MS = TimeUnit.HOURS.toMillis(6);

    @Param({"1", "100", "1000"})
    public int difference;

    private final BouncyKeyRing keys = new BouncyKeyRing();
    private List<StoredPacket> packets;
    private TwoEngines engines;

    /** What went over the wire, and how long that took in virtual time; each time the same. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Wire {
        public long rounds;
        public long virtualMs;
        public long syncs;
        public long syncBytes;
        public long publications;
        public long publicationBytes;
        public long others;
        public long otherBytes;

        void add(TwoEngines.Traffic traffic) {
            rounds++;
            virtualMs += traffic.virtualMs;
            syncs += traffic.syncs;
            syncBytes += traffic.syncBytes;
            publications += traffic.publications;
            publicationBytes += traffic.publicationBytes;
            others += traffic.others;
            otherBytes += traffic.otherBytes;
        }
    }

    @Setup
    public void makePackets() {
        packets = IntStream.range(0, PACKETS)
                .mapToObj(Publication::numbered)
                .map(SyncBenchmark::stored)
                .toList();
    }

    private static StoredPacket stored(Packet packet) {
        return StoredPacket.fresh(packet.packetId(), packet.bytes(), false, 0, LIFETIME_MS);
    }

    @Setup(Level.Invocation)
    public void start() {
        engines = new TwoEngines(keys, packets, difference);
    }

    @TearDown
    public void close() {
        keys.close();
    }

    @Benchmark
    public void sync(Wire wire) {
        wire.add(engines.reconcile());
    }
}

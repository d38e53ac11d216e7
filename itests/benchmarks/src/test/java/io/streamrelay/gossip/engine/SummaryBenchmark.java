// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Summary;
import io.streamrelay.gossip.packet.SummaryTrie;
import io.streamrelay.itests.benchmarks.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The summary of a full cache: as many packets as the reference's holds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SummaryBenchmark {

    /** The reference's cache.js, DEFAULT_MAX_SIZE. */
    private static final int PACKETS = 6_604;

    private final List<CachedPacket> packets = new ArrayList<>();
    private Turn turn;
    private PacketCache cache;
    private int next;

    @Setup
    public void fill() {
        for (int number = 0; number < 2 * PACKETS; number++) {
            Packet packet = Publication.numbered(number);
            StoredPacket stored = StoredPacket.fresh(packet.packetId(), packet.bytes(), false, 0, Timing.CACHE_TTL_MS);
            packets.add(CachedPacket.restored(packet, stored, 0));
        }
        turn = new Turn(config((long) PACKETS * packets.get(0).sizeBytes()), RandomGenerator.of("L64X128MixRandom"));
        cache = new PacketCache(turn, Set.of());
        while (next < PACKETS) {
            insert();
        }
        cache.summary("");
    }

    private static EngineConfig config(long carriedBytesMax) {
        EngineConfig defaults = EngineConfig.of(Publication.cluster(), Publication.cluster(), List.of());
        return new EngineConfig(
                defaults.self(),
                defaults.cluster(),
                false,
                NatType.UNKNOWN,
                null,
                List.of(),
                defaults.heartbeatMs(),
                carriedBytesMax,
                defaults.backlogBytesMax(),
                true,
                defaults.messageBytesMax());
    }

    /** One packet comes, the oldest goes; the engine takes notice of both. */
    private void insert() {
        cache.add(packets.get(next++ % packets.size()));
        while (turn.nextSignal() != null) {
            // What was evicted comes again when its turn comes.
        }
        turn.end();
    }

    @Benchmark
    public Summary summaryAfterInsert() {
        insert();
        return cache.summary("");
    }

    /** What the same would take if nothing were kept from one summary to the next. */
    @Benchmark
    public Summary summaryFromScratch() {
        SummaryTrie trie = new SummaryTrie();
        for (Id id : ids()) {
            trie.insert(id);
        }
        return trie.summary("");
    }

    private List<Id> ids() {
        return packets.subList(0, PACKETS).stream().map(CachedPacket::id).toList();
    }
}

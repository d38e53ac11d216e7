// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Decoded;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Ping;
import io.streamrelay.gossip.packet.Splitter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Packets to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private static final Field[] FIELDS = Field.values();

    private final Id[] ids = Publication.ids(1);
    private final byte[] sealed = Publication.sealed(1);
    private final byte[] signature = Publication.signature(1);
    private final Packet publication = Publication.numbered(1);
    private final Id packetId = publication.packetId();
    private final byte[] publicationBytes = publication.bytes();
    private final Ping ping = Ping.builder(ids[0])
            .natType(31)
            .cacheSize(6_604L)
            .isConnection(true)
            .cacheSummaryHash("da39a3ee5e6b4b0d3255bfef95601890afd80709")
            .pingId("0123456789ab")
            .uptime(3_600_000L)
            .timestamp(1_800_000_000_000L)
            .build();
    private final byte[] pingBytes = encodePing();

    /** A sealed message becomes a packet; its id is made. */
    @Benchmark
    public List<Packet> encodePublication() {
        return Splitter.split(Publication.header(signature, ids), sealed, 1);
    }

    /** The same when the id is known. */
    @Benchmark
    public byte[] encodePublicationWithId() {
        return Publication.header(signature, ids)
                .set(Field.PACKET, packetId)
                .message(sealed)
                .build()
                .bytes();
    }

    /** A packet that is passed on, one hop more: its bytes are copied, nothing is encoded. */
    @Benchmark
    public byte[] passOn() {
        return publication.withHops(publication.hops() + 1);
    }

    /** Fields are found, not copied; whoever asks for one gets a copy. */
    @Benchmark
    public Id decodePublication() {
        return ((Packet) Packet.decode(publicationBytes)).packetId();
    }

    /** Every field is asked for, as if the engine needed all of them. */
    @Benchmark
    public void decodePublicationAndCopy(Blackhole taken) {
        Packet packet = (Packet) Packet.decode(publicationBytes);
        for (Field field : FIELDS) {
            taken.consume(packet.copy(field));
        }
    }

    @Benchmark
    public final byte[] encodePing() {
        return Packet.builder(PacketType.PING).message(ping).build().bytes();
    }

    /** With its body. */
    @Benchmark
    public Body decodePing() {
        Decoded packet = Packet.decode(pingBytes);
        return Body.of((Packet) packet);
    }
}

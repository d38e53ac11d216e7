// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Inventory;
import io.streamrelay.gossip.packet.Inventory.Kind;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a node says of packets that it is asked for by name. Whoever hears that it has had one may let go of that: it must
 * never be said of what is not on disk, was never here, or had to make room.
 */
class BygonesTest {

    private static final int BYTES = 300;
    private static final int ROOM_FOR = 4;
    private static final long ROOM_BYTES = ROOM_FOR
            * (CachedPacket.sizeBytes(TestPackets.stamped(1, TestPackets.SUBCLUSTER, BYTES)
                            .packet())
                    + 32L);

    private final TestMesh mesh = new TestMesh();
    private final List<Inventory> said = new ArrayList<>();
    private TestMesh.Node asked;
    private TestMesh.Node asking;

    @BeforeEach
    void begin() {
        mesh.carriedBytesMax = ROOM_BYTES;
        asked = mesh.start(1);
        asking = mesh.subscribed(2, asked);
        mesh.run(1_000);
        mesh.passes = (from, send) -> {
            if (from == asked
                    && TestMesh.read(send.bytes()) instanceof Packet packet
                    && packet.type() == PacketType.SYNC
                    && Body.of(packet) instanceof Inventory inventory) {
                said.add(inventory);
                // What it makes of that is its own business.
                return false;
            }
            return true;
        };
    }

    private static Id id(int seed) {
        return TestPackets.messageId(TestPackets.sealed(seed, BYTES));
    }

    private void publish(int seed) {
        asking.publish(seed, TestPackets.sealed(seed, BYTES));
        mesh.run(100);
    }

    /** What is answered when these are asked for. */
    private Set<Inventory> answers(int... seeds) {
        return answersTo(IntStream.of(seeds).mapToLong(seed -> Inventory.name(id(seed), 0)));
    }

    private Set<Inventory> answersTo(LongStream starts) {
        said.clear();
        ask(starts.boxed().toList());
        mesh.run(15);
        return new HashSet<>(said);
    }

    private void ask(List<Long> starts) {
        Packet.Builder sync = Packet.builder(PacketType.SYNC)
                .message(Inventory.ofStarts(Kind.ASKS, starts).encode());
        mesh.inject(asking.endpoint, asked, sync.build().bytes());
    }

    private static Inventory says(Kind kind, int... seeds) {
        return Inventory.ofStarts(
                kind,
                IntStream.of(seeds)
                        .mapToObj(seed -> Inventory.name(id(seed), 0))
                        .toList());
    }

    @Test
    void hasHadWhatIsOnDisk() {
        publish(1);
        assertEquals(Set.of(says(Kind.HAD, 1)), answers(1));
    }

    @Test
    void hasNotHadWhatIsBeingCommitted() {
        asked.commits = false;
        publish(1);
        assertEquals(1, asked.engine.cachedPackets());
        assertEquals(Set.of(), answers(1));
        asked.settle(Event.Committed::new);
        assertEquals(Set.of(says(Kind.HAD, 1)), answers(1));
    }

    @Test
    void hasNotHadWhatCouldNotBeCommittedButCommitsItNow() {
        asked.commits = false;
        publish(1);
        asked.settle(token -> new Event.CommitFailed(token, "disk full"));
        assertEquals(Set.of(), answers(1));
        assertTrue(!asked.uncommitted.isEmpty());
        asked.settle(Event.Committed::new);
        assertEquals(Set.of(says(Kind.HAD, 1)), answers(1));
    }

    @Test
    void wantsWhatWasNeverHere() {
        publish(1);
        assertEquals(Set.of(says(Kind.WANTS, 2), says(Kind.HAD, 1)), answers(1, 2));
    }

    @Test
    void declinesWhatHadToMakeRoomAndWantsItWhenThereIsRoomAgain() {
        int[] seeds = IntStream.rangeClosed(1, 2 * ROOM_FOR).toArray();
        for (int seed : seeds) {
            publish(seed);
        }
        mesh.run(60_000);
        Set<Inventory> answers = answers(seeds);
        assertEquals(asked.engine.cachedPackets(), names(answers, Kind.HAD));
        assertEquals(
                seeds.length - asked.engine.cachedPackets(),
                names(answers, Kind.DECLINES) + names(answers, Kind.WANTS));
        assertTrue(names(answers, Kind.DECLINES) > 0, answers::toString);
        asked.give(new Event.Configured(EngineConfig.of(asked.id, TestPackets.CLUSTER, List.of())));
        answers = answers(seeds);
        assertEquals(0, names(answers, Kind.DECLINES));
    }

    private static int names(Set<Inventory> answers, Kind kind) {
        return answers.stream()
                .filter(inventory -> inventory.kind() == kind)
                .mapToInt(inventory -> inventory.names().size())
                .sum();
    }

    /** It has forgotten all but the first bytes of the ids. */
    @Test
    void hasHadWhatItRemembersFromBeforeItsStart() {
        asked.give(new Event.Restored(
                List.of(), new long[] {ByteBuffer.wrap(id(1).bytes()).getLong()}, List.of()));
        assertEquals(Set.of(says(Kind.HAD, 1)), answers(1));
    }

    @Test
    void answersWithinABudget() {
        publish(1);
        for (int round = 0; round <= Limits.SYNC_ANSWERS_BURST; round++) {
            ask(List.of(Inventory.name(id(1), 0)));
        }
        mesh.run(15);
        assertTrue(said.size() <= Limits.SYNC_ANSWERS_BURST);
        assertTrue(asked.drops(DropReason.SYNC_BUDGET) > 0);
    }

    @Test
    void saysNothingOfNothing() {
        assertEquals(Set.of(), answers());
    }
}

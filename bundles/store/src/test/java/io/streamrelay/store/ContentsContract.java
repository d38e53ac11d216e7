// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.EvictPacket;
import io.streamrelay.api.store.StoreChange.PacketDelivered;
import io.streamrelay.api.store.StoreChange.PacketPassedOn;
import io.streamrelay.api.store.StoreChange.PutConsumer;
import io.streamrelay.api.store.StoreChange.PutDelivery;
import io.streamrelay.api.store.StoreChange.PutNote;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.PutPeer;
import io.streamrelay.api.store.StoreChange.RemoveDelivery;
import io.streamrelay.api.store.StoreChange.RemoveNote;
import io.streamrelay.api.store.StoreChange.RemovePacket;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.api.store.StoredQueue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link PacketStore} keeps, and how it gives it back; a part of {@link PacketStoreContract}. */
abstract class ContentsContract extends StoreFixture {

    @Test
    void beginsEmpty() {
        assertEquals(List.of(), store.packets());
        assertEquals(List.of(), store.deliveries("mqtt", 0, 10));
        assertEquals(List.of(), store.consumers());
        assertEquals(List.of(), store.peers());
        assertEquals(0, store.seen().length);
        assertEquals(StoredQueue.EMPTY, store.queue("mqtt"));
        assertEquals(Map.of(), store.notes(""));
    }

    @Test
    void keepsPacketsOldestFirst() throws Exception {
        commit(new PutPacket(Samples.packet(3)), new PutPacket(Samples.packet(1)));
        commit(new PutPacket(Samples.packet(2)));

        assertEquals(
                List.of(Samples.id(3), Samples.id(1), Samples.id(2)),
                store.packets().stream().map(StoredPacket::id).toList());
    }

    @Test
    void keepsAPacketsFields() throws Exception {
        StoredPacket packet = StoredPacket.fresh(Samples.id(1), new byte[] {1, 2, 3}, true, 5_000, 86_400_000)
                .holding(256);
        commit(new PutPacket(packet), new PutPacket(Samples.packet(2)));

        StoredPacket kept = store.packets().get(0);
        assertArrayEquals(packet.bytes(), kept.bytes());
        assertTrue(kept.own());
        assertFalse(kept.passedOn());
        assertTrue(kept.delivered());
        assertTrue(kept.ageMs() >= 5_000 && kept.ageMs() < 15_000, () -> "age " + kept.ageMs());
        assertEquals(86_400_000, kept.lifetimeMs());
        assertEquals(256, kept.messages());
        assertEquals(1, store.packets().get(1).messages());
    }

    @Test
    void keepsWhatWasTrueOfAPacketWhenItWasPut() throws Exception {
        commit(new PutPacket(new StoredPacket(Samples.id(1), new byte[0], false, true, false, 0, 1)));

        StoredPacket kept = store.packets().get(0);
        assertEquals(0, kept.bytes().length);
        assertTrue(kept.passedOn());
        assertFalse(kept.own() || kept.delivered());
    }

    @Test
    void remembersWhatBecomesOfAPacket() throws Exception {
        commit(new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(3)));
        commit(new PacketPassedOn(Samples.id(1)), new PacketDelivered(Samples.id(3)));
        commit(
                new PacketPassedOn(Samples.id(1)),
                new PacketPassedOn(Samples.id(9)),
                new PacketDelivered(Samples.id(9)));

        assertEquals(
                List.of(true, false),
                store.packets().stream().map(StoredPacket::passedOn).toList());
        assertEquals(
                List.of(false, true),
                store.packets().stream().map(StoredPacket::delivered).toList());
    }

    @Test
    void doesNotMarkAPacketThatIsPutAgain() throws Exception {
        commit(new PutPacket(Samples.packet(1)), new PacketPassedOn(Samples.id(1)), new PacketDelivered(Samples.id(1)));
        commit(new RemovePacket(Samples.id(1)));
        commit(new PutPacket(Samples.packet(1)));

        assertFalse(store.packets().get(0).passedOn() || store.packets().get(0).delivered());
    }

    @Test
    void remembersThePacketsThatWereThere() throws Exception {
        commit(new PutPacket(Samples.packet(3)), new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(2)));
        commit(new RemovePacket(Samples.id(1)), new RemovePacket(Samples.id(7)));

        assertArrayEquals(new long[] {Samples.key(3), Samples.key(1), Samples.key(2)}, store.seen());
    }

    @Test
    void forgetsAnEvictedPacketAndThatItWasThere() throws Exception {
        commit(new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(3)), new PacketDelivered(Samples.id(1)));
        commit(new EvictPacket(Samples.id(1)), new EvictPacket(Samples.id(7)));

        assertArrayEquals(new long[] {Samples.key(3)}, store.seen());
        commit(new PutPacket(Samples.packet(1)));
        assertEquals(
                List.of(false, false),
                store.packets().stream().map(StoredPacket::delivered).toList());
    }

    @Test
    void leavesAPacketThatIsAlreadyThere() throws Exception {
        commit(new PutPacket(StoredPacket.fresh(Samples.id(1), new byte[] {1}, true, 1, 1)));
        commit(new PutPacket(Samples.packet(2)));
        commit(new PutPacket(StoredPacket.fresh(Samples.id(1), new byte[] {2}, false, 2, 2)));

        assertEquals(2, store.packets().size());
        assertArrayEquals(new byte[] {1}, store.packets().get(0).bytes());
    }

    @Test
    void forgetsARemovedPacketAndMindsNoneThatIsMissing() throws Exception {
        commit(new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(2)));
        commit(new RemovePacket(Samples.id(1)), new RemovePacket(Samples.id(9)));

        assertEquals(
                List.of(Samples.id(2)),
                store.packets().stream().map(StoredPacket::id).toList());
    }

    @Test
    void appliesTheChangesOfACommitInOrder() throws Exception {
        commit(
                new PutPacket(Samples.packet(1)),
                new RemovePacket(Samples.id(1)),
                new RemovePacket(Samples.id(2)),
                new PutPacket(Samples.packet(2)));

        assertEquals(
                List.of(Samples.id(2)),
                store.packets().stream().map(StoredPacket::id).toList());
    }

    @Test
    void keepsDeliveriesOfEachConsumerApartAndInOrder() throws Exception {
        commit(new PutDelivery(Samples.delivery("mqtt", 1)), new PutDelivery(Samples.delivery("other", 7)));
        commit(new PutDelivery(Samples.delivery("mqtt", 2)), new PutDelivery(Samples.delivery("mqtt", 10)));

        assertEquals(List.of(1L, 2L, 10L), numbers("mqtt"));
        assertEquals(List.of(7L), numbers("other"));
    }

    @Test
    void forgetsADeliveryThatWasDealtWith() throws Exception {
        commit(new PutDelivery(Samples.delivery("mqtt", 1)), new PutDelivery(Samples.delivery("mqtt", 2)));
        commit(new RemoveDelivery("mqtt", 1), new RemoveDelivery("mqtt", 99), new RemoveDelivery("nobody", 1));

        assertEquals(List.of(2L), numbers("mqtt"));
    }

    @Test
    void givesDeliveriesInPieces() throws Exception {
        commit(LongStream.rangeClosed(1, 10)
                .mapToObj(i -> (StoreChange) new PutDelivery(Samples.delivery("mqtt", i)))
                .toArray(StoreChange[]::new));

        assertEquals(List.of(1L, 2L, 3L), numbers("mqtt", 0, 3));
        assertEquals(List.of(4L, 5L, 6L), numbers("mqtt", 3, 3));
        assertEquals(List.of(10L), numbers("mqtt", 9, 3));
        assertEquals(List.of(), numbers("mqtt", 10, 3));
        assertEquals(List.of(), numbers("mqtt", 0, 0));
    }

    @Test
    void leavesADeliveryThatIsAlreadyThere() throws Exception {
        commit(new PutDelivery(new StoredDelivery("mqtt", 1, new byte[] {1}, 0)));
        commit(new PutDelivery(new StoredDelivery("mqtt", 1, new byte[] {2, 2}, 0)));

        assertArrayEquals(new byte[] {1}, store.deliveries("mqtt", 0, 10).get(0).bytes());
        assertEquals(new StoredQueue(1, 1, 1), store.queue("mqtt"));
    }

    @Test
    void knowsHowLongADeliveryHasWaited() throws Exception {
        commit(new PutDelivery(new StoredDelivery("mqtt", 1, new byte[1], 7_000)));

        long ageMs = store.deliveries("mqtt", 0, 10).get(0).ageMs();
        assertTrue(ageMs >= 7_000 && ageMs < 17_000, () -> "age " + ageMs);
    }

    @Test
    void sumsUpAQueue() throws Exception {
        commit(
                new PutDelivery(Samples.delivery("mqtt", 1)),
                new PutDelivery(Samples.delivery("mqtt", 5)),
                new PutDelivery(Samples.delivery("other", 9)));
        assertEquals(new StoredQueue(2, 20, 5), store.queue("mqtt"));

        commit(new RemoveDelivery("mqtt", 5));
        assertEquals(new StoredQueue(1, 10, 1), store.queue("mqtt"));

        commit(new RemoveDelivery("mqtt", 1));
        assertEquals(StoredQueue.EMPTY, store.queue("mqtt"));
    }

    @Test
    void keepsNotesByKey() throws Exception {
        commit(note("b/1", 1), note("b/2", 2), note("a/9", 3), note("b", 4), note("c", 5));
        commit(note("b/1", 7), new RemoveNote("b/2"), new RemoveNote("nothing"));

        assertEquals(List.of("b", "b/1"), List.copyOf(store.notes("b").keySet()));
        assertArrayEquals(new byte[] {7}, store.notes("b/1").get("b/1"));
        assertEquals(4, store.notes("").size());
        assertEquals(Map.of(), store.notes("d"));
    }

    @Test
    void keepsANoteOfAnyContent() throws Exception {
        String key = "clé/\u0000/鍵/\ud83d\udd11";
        commit(new PutNote(key, new byte[0]), new PutNote("x".repeat(512), new byte[65_536]));

        assertEquals(0, store.notes("clé").get(key).length);
        assertEquals(65_536, store.notes("x").get("x".repeat(512)).length);
    }

    @Test
    void refusesWhatIsBeyondTheContract() {
        for (StoreChange beyond : List.of(
                new PutNote("", new byte[0]),
                new PutNote("x".repeat(513), new byte[0]),
                new PutNote("x", new byte[65_537]),
                new RemoveNote(""),
                new PutDelivery(Samples.delivery("mqtt", -1)),
                new PutPacket(StoredPacket.fresh(null, new byte[0], true, 0, 0)))) {
            assertThrows(ExecutionException.class, () -> commit(new PutPacket(Samples.packet(1)), beyond));
        }
        assertEquals(List.of(), store.packets());
    }

    @Test
    void remembersConsumersOnceEach() throws Exception {
        commit(new PutConsumer("mqtt"), new PutConsumer("other"));
        commit(new PutConsumer("mqtt"));

        assertEquals(Set.of("mqtt", "other"), Set.copyOf(store.consumers()));
        assertEquals(2, store.consumers().size());
    }

    @Test
    void namesPeersMostRecentlyHeardFirst() throws Exception {
        commit(new PutPeer(Samples.peer(1)), new PutPeer(Samples.peer(2)));
        commit(new PutPeer(new StoredPeer(Samples.id(1), Endpoint.of("192.0.2.1", 1))));

        assertEquals(
                List.of(new StoredPeer(Samples.id(1), Endpoint.of("192.0.2.1", 1)), Samples.peer(2)), store.peers());
    }

    @Test
    void keepsTheLast256Peers() throws Exception {
        commit(IntStream.range(0, 257)
                .mapToObj(i -> (StoreChange) new PutPeer(Samples.peer(i)))
                .toArray(StoreChange[]::new));

        assertEquals(256, store.peers().size());
        assertEquals(Samples.peer(256), store.peers().get(0));
        assertEquals(Samples.peer(1), store.peers().get(255));
    }

    @Test
    void countsEntriesAndBytes() throws Exception {
        commit(new PutPacket(Samples.packet(1)), new PutPacket(Samples.packet(2)), new PutPacket(Samples.packet(1)));
        commit(new PutDelivery(Samples.delivery("mqtt", 1)), new PutDelivery(Samples.delivery("mqtt", 2)));
        commit(new RemovePacket(Samples.id(1)), new RemoveDelivery("mqtt", 1), new PutPeer(Samples.peer(1)));

        assertEquals(1, store.counters().get("packets"));
        assertEquals(100, store.counters().get("packets.bytes"));
        assertEquals(1, store.counters().get("deliveries"));
        assertEquals(10, store.counters().get("deliveries.bytes"));
        assertEquals(1, store.counters().get("peers"));
        assertEquals(0, store.counters().get("failing"));
    }

    private static PutNote note(String key, int value) {
        return new PutNote(key, new byte[] {(byte) value});
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VirtualStoreTest {

    private final VirtualStore store = new VirtualStore();

    private static StoreChange put(String name, int bytes) {
        return new StoreChange.PutPacket(StoredPacket.fresh(MessageBook.id(name), new byte[bytes], false, 0, 1_000));
    }

    private static StoredPeer peer(int number) {
        return new StoredPeer(MessageBook.id("peer " + number), new Endpoint(number, 1));
    }

    @Test
    void keepsPacketsOnceAndCountsTheirBytes() {
        store.apply(List.of(put("a", 10), put("b", 20), put("a", 99)), 0);
        assertEquals(30, store.bytes());
        store.apply(List.of(new StoreChange.RemovePacket(MessageBook.id("a"))), 0);
        store.apply(List.of(new StoreChange.RemovePacket(MessageBook.id("never there"))), 0);
        assertEquals(20, store.bytes());
        assertEquals(Set.of(MessageBook.id("b")), store.packetIds());
    }

    @Test
    void namesThePeerHeardLastFirstAndForgetsTheOldest() {
        for (int number = 0; number <= 256; number++) {
            store.apply(List.of(new StoreChange.PutPeer(peer(number))), 0);
        }
        store.apply(List.of(new StoreChange.PutPeer(peer(7))), 0);
        assertEquals(256, store.peers().size());
        assertEquals(List.of(peer(7), peer(256)), store.peers().subList(0, 2));
        assertEquals(peer(1), store.peers().get(255));
    }

    @Test
    void takesNothingThatOnlyANodeMayStore() {
        List<StoreChange> changes = List.of(new StoreChange.PutConsumer("bridge"));
        assertThrows(Violation.class, () -> store.apply(changes, 0));
    }

    @Test
    void wipedStoreIsEmpty() {
        store.apply(List.of(put("a", 10), new StoreChange.PutPeer(peer(1))), 0);
        store.wipe();
        assertEquals(0, store.bytes());
        assertEquals(Set.of(), store.packetIds());
        assertEquals(List.of(), store.peers());
    }
}

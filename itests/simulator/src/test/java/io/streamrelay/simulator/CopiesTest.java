// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private static final Id PACKET = MessageBook.id("packet");

    private final TestWorld world = new TestWorld();
    private long nowMs;
    private final Copies copies = Copies.strict(() -> nowMs);

    @Test
    void failsWhenTheLastCopyGoesBeforeItsTime() {
        put(world.sender, true);
        assertThrows(Violation.class, () -> remove(world.sender));
    }

    @Test
    void passesWhenAnotherDiskHasItOrItsLifeHasEnded() {
        put(world.sender, true);
        put(world.receiver, false);
        assertEquals(2, copies.of(PACKET));
        assertDoesNotThrow(() -> remove(world.sender));
        assertEquals(1, copies.of(PACKET));
        nowMs = 1_000;
        assertDoesNotThrow(() -> remove(world.receiver));
    }

    @Test
    void countsNoMoreWhatWasOnAnEmptiedDisk() {
        put(world.sender, true);
        put(world.receiver, false);
        copies.wiped(world.receiver);
        assertThrows(Violation.class, () -> remove(world.sender));
    }

    private void put(VirtualNode node, boolean own) {
        copies.committed(
                node, List.of(new StoreChange.PutPacket(StoredPacket.fresh(PACKET, new byte[10], own, 0, 1_000))));
    }

    private void remove(VirtualNode node) {
        copies.committed(node, List.of(new StoreChange.RemovePacket(PACKET)));
    }
}

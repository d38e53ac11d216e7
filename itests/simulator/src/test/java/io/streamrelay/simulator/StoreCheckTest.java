// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.gossip.engine.EngineConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreCheckTest {

    private final TestWorld world = new TestWorld();
    private final StoreCheck check = new StoreCheck();

    @Test
    void failsWhenTheDiskHoldsMoreThanBothLimitsTogether() {
        long room = EngineConfig.DEFAULT_CARRIED_BYTES + EngineConfig.DEFAULT_BACKLOG_BYTES;
        byte[] megabyte = new byte[1 << 20];
        for (long stored = 0; stored < room; stored += megabyte.length) {
            put("packet " + stored, megabyte);
        }
        assertDoesNotThrow(() -> check.committed(world.receiver, List.of()));
        put("one more", new byte[1]);
        assertThrows(Violation.class, () -> check.committed(world.receiver, List.of()));
    }

    private void put(String name, byte[] bytes) {
        world.receiver
                .store()
                .apply(
                        List.of(new StoreChange.PutPacket(
                                StoredPacket.fresh(MessageBook.id(name), bytes, false, 0, 1_000))),
                        0);
    }
}

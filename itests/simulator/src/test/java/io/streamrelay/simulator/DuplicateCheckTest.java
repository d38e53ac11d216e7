// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateCheckTest {

    private final TestWorld world = new TestWorld();
    private final DuplicateCheck check = new DuplicateCheck();
    private final Delivery delivery = TestWorld.delivery(world.publish());

    @Test
    void failsWhenAMessageComesTwice() {
        check.delivered(world.receiver, delivery);
        assertThrows(Violation.class, () -> check.delivered(world.receiver, delivery));
    }

    @Test
    void letsEachNodeGetItOnce() {
        check.delivered(world.receiver, delivery);
        assertDoesNotThrow(() -> check.delivered(world.sender, delivery));
    }

    @Test
    void failsWhenItComesAgainAfterARestartWithTheStore() {
        check.delivered(world.receiver, delivery);
        world.receiver
                .store()
                .apply(List.of(new StoreChange.PutPacket(
                        new StoredPacket(delivery.packetId(), new byte[1], false, 0, 1_000))));
        check.stopped(world.receiver);
        assertThrows(Violation.class, () -> check.delivered(world.receiver, delivery));
    }

    @Test
    void letsItComeAgainWhenTheStoreDoesNotKnowIt() {
        check.delivered(world.receiver, delivery);
        check.stopped(world.receiver);
        assertDoesNotThrow(() -> check.delivered(world.receiver, delivery));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    void letsTheNextEngineHandItOnAgain() {
        check.delivered(world.receiver, delivery);
        check.stopped(world.receiver);
        assertDoesNotThrow(() -> check.delivered(world.receiver, delivery));
        assertThrows(Violation.class, () -> check.delivered(world.receiver, delivery));
    }
}

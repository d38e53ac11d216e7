// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final List<Boolean> told = new ArrayList<>();
    private final Backlog backlog = new Backlog(4, told::add);

    @Test
    void tellsWhenItIsFullAndWhenHalfOfItIsEmptyAgain() {
        for (int i = 0; i < 6; i++) {
            backlog.enter();
        }
        assertEquals(List.of(true), told);
        for (int i = 0; i < 3; i++) {
            backlog.leave();
        }
        assertEquals(List.of(true), told);
        backlog.leave();
        assertEquals(List.of(true, false), told);
    }

    @Test
    void goesOnWithoutWhoeverIsStuckUntilHeTakesAgain() {
        for (int i = 0; i < 4; i++) {
            backlog.enter();
        }
        backlog.leave();
        backlog.look();
        assertEquals(List.of(true), told, "one has left since");
        backlog.enter();
        backlog.look();
        assertEquals(List.of(true, false), told);
        assertFalse(backlog.enter());
        backlog.leave();
        assertEquals(List.of(true, false, true), told);
        assertTrue(backlog.enter());
    }

    @Test
    void letsWaitUntilThereIsRoom() throws Exception {
        assertTrue(backlog.awaitRoom(0));
        for (int i = 0; i < 4; i++) {
            backlog.enter();
        }
        assertFalse(backlog.awaitRoom(1));
        Thread other = new Thread(() -> {
            backlog.leave();
            backlog.leave();
        });
        other.start();
        assertTrue(backlog.awaitRoom(10_000));
        other.join();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendBudgetTest {

    private final SendBudget budget = new SendBudget(3, 100);

    @Test
    void boundsTheNumberOfMessages() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            assertTrue(budget.acquire(1, 0));
        }
        assertFalse(budget.acquire(1, 1));
        budget.release(1);
        assertTrue(budget.acquire(1, 0));
    }

    @Test
    void boundsTheirBytes() throws InterruptedException {
        assertTrue(budget.acquire(60, 0));
        assertFalse(budget.acquire(41, 1));
        assertTrue(budget.acquire(40, 0));
    }

    @Test
    void letsASingleLargeMessagePass() throws InterruptedException {
        assertTrue(budget.acquire(1_000, 0));
        assertFalse(budget.acquire(1, 1));
    }

    @Test
    void wakesWhoeverWaits() throws Exception {
        budget.acquire(100, 0);
        Thread other = new Thread(() -> budget.release(100));
        other.start();
        assertTrue(budget.acquire(100, 10_000));
        other.join();
        assertFalse(budget.awaitNone(1));
        budget.release(100);
        assertTrue(budget.awaitNone(0));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Refusal;
import org.junit.jupiter.api.Test;

class SequenceNumbersTest {

    private final SequenceNumbers numbers = new SequenceNumbers();

    @Test
    void countsFromOne() {
        assertEquals(1, numbers.next());
        assertEquals(2, numbers.next());
    }

    @Test
    void givesTheNumbersOfARefusedBurstAgain() {
        take(5);
        numbers.used(1);
        numbers.used(2);
        numbers.refused(3, Refusal.BACKLOG_FULL);
        numbers.refused(4, Refusal.BACKLOG_FULL);
        numbers.refused(5, Refusal.BACKLOG_FULL);
        assertEquals(3, numbers.next());
    }

    @Test
    void givesNoNumberAgainThatALaterOneFollows() {
        take(3);
        numbers.refused(2, Refusal.BACKLOG_FULL);
        numbers.used(3);
        assertEquals(4, numbers.next());
        numbers.refused(4, Refusal.BACKLOG_FULL);
        assertEquals(4, numbers.next());
    }

    @Test
    void givesNoNumberAgainThatMayBeOnDisk() {
        take(1);
        numbers.refused(1, Refusal.STORE_FAILED);
        assertEquals(2, numbers.next());
    }

    @Test
    void givesANumberAgainOfWhichNothingIsOnDisk() {
        take(1);
        numbers.refused(1, Refusal.STORE_FULL);
        assertEquals(1, numbers.next());
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            numbers.next();
        }
    }
}

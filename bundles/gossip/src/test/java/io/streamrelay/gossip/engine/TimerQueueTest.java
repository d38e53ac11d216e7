// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class TimerQueueTest {

    private final TimerQueue queue = new TimerQueue();

    @Test
    void givesDeadlinesInTheirOrderAndEqualOnesAsTheyWereSet() {
        queue.schedule(20, Timer.JOIN, "later");
        queue.schedule(10, Timer.JOIN, "first");
        queue.schedule(10, Timer.CONTACT, "second");

        assertEquals(10, queue.nextDeadlineMs());
        assertEquals("first", queue.pollDue(10).subject());
        assertEquals("second", queue.pollDue(10).subject());
        assertNull(queue.pollDue(19));
        assertEquals("later", queue.pollDue(25).subject());
        assertEquals(Long.MAX_VALUE, queue.nextDeadlineMs());
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.engine.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private static final Event.Datagram DATAGRAM =
            new Event.Datagram(SocketId.MAIN, Endpoint.of("192.0.2.1", 1), new byte[0]);
    private static final Event COMMAND = new Event.Closing();
    private static final Event FACT = new Event.Committed(1);

    private final EventQueue queue = new EventQueue();

    @Test
    void bringsFactsFirst() throws InterruptedException {
        queue.offerDatagram(DATAGRAM);
        queue.command(COMMAND);
        queue.fact(FACT);
        assertEquals(List.of(FACT, COMMAND, DATAGRAM), take(10));
    }

    @Test
    void refusesDatagramsWhenItIsFullAndNothingElse() throws InterruptedException {
        for (int i = 0; i < EventQueue.DATAGRAMS_MAX; i++) {
            assertTrue(queue.offerDatagram(DATAGRAM));
        }
        assertFalse(queue.offerDatagram(DATAGRAM));
        queue.command(COMMAND);
        assertEquals(COMMAND, take(1).get(0));
        take(1);
        assertTrue(queue.offerDatagram(DATAGRAM));
    }

    @Test
    void letsCommandsNotStarveDatagrams() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            queue.command(COMMAND);
            queue.offerDatagram(DATAGRAM);
        }
        List<Event> batch = take(20);
        assertEquals(20, batch.size());
        assertEquals(10, batch.stream().filter(DATAGRAM::equals).count());
    }

    @Test
    void leavesDatagramsWhileTheyArePaused() throws InterruptedException {
        queue.pauseDatagrams(true);
        queue.offerDatagram(DATAGRAM);
        queue.command(COMMAND);
        assertEquals(List.of(COMMAND), take(10));
        queue.pauseDatagrams(true);
        queue.pauseDatagrams(false);
        queue.command(COMMAND);
        assertEquals(List.of(COMMAND), take(10));
        queue.pauseDatagrams(false);
        assertEquals(List.of(DATAGRAM), take(10));
    }

    @Test
    void returnsWithoutAnEventWhenItIsNudged() throws InterruptedException {
        queue.nudge();
        assertEquals(List.of(), take(10));
    }

    private List<Event> take(int max) throws InterruptedException {
        List<Event> batch = new ArrayList<>();
        queue.take(batch, max, 10_000);
        return batch;
    }
}

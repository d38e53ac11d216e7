// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final Outgoing FIRST = datagram(1);
    private static final Outgoing SECOND = datagram(2);

    private final SendQueue queue = new SendQueue(2);

    @Test
    void givesBackInOrder() {
        queue.offer(FIRST);
        queue.offer(SECOND);

        assertSame(FIRST, queue.take());
        assertSame(SECOND, queue.take());
    }

    @Test
    void refusesWhenFullAndTakesAgainWhenThereIsRoom() {
        assertTrue(queue.offer(FIRST));
        assertTrue(queue.offer(FIRST));
        assertFalse(queue.offer(SECOND));
        assertEquals(2, queue.size());

        queue.take();
        assertTrue(queue.offer(SECOND));
    }

    @Test
    void givesOutWhatIsLeftAfterClosing() {
        queue.offer(FIRST);
        queue.close();

        assertFalse(queue.offer(SECOND));
        assertSame(FIRST, queue.take());
        assertNull(queue.take());
    }

    @Test
    void wakesTheTakerWhenSomethingComesAndWhenClosed() throws Exception {
        CompletableFuture<Outgoing> taken = CompletableFuture.supplyAsync(queue::take);
        queue.offer(FIRST);
        assertSame(FIRST, taken.get(10, TimeUnit.SECONDS));

        CompletableFuture<Outgoing> end = CompletableFuture.supplyAsync(queue::take);
        queue.close();
        assertNull(end.get(10, TimeUnit.SECONDS));
    }

    private static Outgoing datagram(int number) {
        return new Outgoing(SocketId.MAIN, Endpoint.of("127.0.0.1", 9), new byte[] {(byte) number});
    }
}

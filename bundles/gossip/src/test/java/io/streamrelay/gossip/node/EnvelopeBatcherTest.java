// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.gossip.node.EnvelopeBatcher.Added;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EnvelopeBatcherTest {

    private final EnvelopeBatcher batcher = new EnvelopeBatcher();

    @Test
    void letsTheFirstMessageGoAtOnce() {
        assertEquals(Added.GOES, add(10));
        assertEquals(1, batcher.next().size());
    }

    @Test
    void gathersWhatComesWhileABatchIsOut() {
        add(10);
        batcher.next();
        assertEquals(Added.WAITS, add(10));
        assertEquals(Added.WAITS, add(10));
        assertEquals(2, batcher.next().size());
        assertTrue(batcher.next().isEmpty());
        assertEquals(Added.GOES, add(10));
    }

    @Test
    void fillsOnePacketAndNoMore() {
        int room = EnvelopeBatcher.PACKET_BYTES - EnvelopeWriter.overheadBytes();
        add(room / 3);
        add(room / 3);
        add(room / 3);
        add(room / 3);
        assertEquals(3, batcher.next().size());
        assertEquals(1, batcher.next().size());
    }

    @Test
    void takesALargerEnvelopeForABacklog() {
        for (int i = 0; i < 30; i++) {
            add(100);
        }
        assertEquals(30, batcher.next().size());
    }

    @Test
    void keepsTheLimitsOfALargeEnvelope() {
        for (int i = 0; i < 1_000; i++) {
            add(20);
        }
        assertEquals(EnvelopeBatcher.BATCH_MESSAGES, batcher.next().size());
        EnvelopeBatcher large = new EnvelopeBatcher();
        for (int i = 0; i < 20; i++) {
            large.add(message(5_000));
        }
        assertEquals(13, large.next().size());
    }

    @Test
    void letsALargeMessageGoAlone() {
        add(500_000);
        add(10);
        assertEquals(1, batcher.next().size());
    }

    @Test
    void keepsTheOrder() {
        List<PendingMessage> messages = List.of(message(500), message(5), message(500), message(5));
        messages.forEach(batcher::add);
        assertEquals(messages.subList(0, 2), batcher.next());
        assertEquals(messages.subList(2, 4), batcher.next());
    }

    @Test
    void givesBackWhatWaitsAndGoesOn() {
        add(10);
        batcher.next();
        add(10);
        assertEquals(1, batcher.takeAll().size());
        assertEquals(Added.WAITS, add(10));
        assertEquals(1, batcher.next().size());
    }

    @Test
    void givesBackWhatWaitsWhenItIsClosed() {
        add(10);
        batcher.next();
        add(10);
        assertEquals(1, batcher.close().size());
        assertEquals(Added.CLOSED, add(10));
        assertTrue(batcher.next().isEmpty());
    }

    private Added add(int bytes) {
        return batcher.add(message(bytes));
    }

    private static PendingMessage message(int bytes) {
        return new PendingMessage(Message.of("t", new byte[0]), bytes, 0, null, null, new CompletableFuture<>());
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which messages share an envelope. One batch is out at a time; whoever comes meanwhile waits for the next. What waits
 * goes into one packet if it fits; a backlog of several packets goes into one larger envelope, whose seal and commit
 * are paid once. Thread-safe.
 */
final class EnvelopeBatcher {

    /** The plaintext that fits one packet: a packet's 1,024 bytes of message less the seal (protocol-v6 §2). */
    static final int PACKET_BYTES = 1_024 - Sealer.OVERHEAD_BYTES;

    /** The largest envelope of several messages: 65 packets; a guess between what a seal and a commit cost and a lost packet. */
    static final int BATCH_BYTES = 64 << 10;

    /** The most messages in it: so small that none waits long for the others' sake. A guess. */
    static final int BATCH_MESSAGES = 256;

    /** From how many packets' worth on a backlog is worth a larger envelope. */
    private static final int BACKLOG_PACKETS = 3;

    private final Deque<PendingMessage> pending = new ArrayDeque<>();
    private long pendingBytes;
    private boolean out;
    private boolean closed;

    /** What {@link #add} did with a message. */
    enum Added {
        /** It waits for the batch that is out. */
        WAITS,
        /** None is out: call {@link #next}. */
        GOES,
        /** Closed; it was not taken. */
        CLOSED
    }

    synchronized Added add(PendingMessage message) {
        if (closed) {
            return Added.CLOSED;
        }
        pending.add(message);
        pendingBytes += message.bytes();
        if (out) {
            return Added.WAITS;
        }
        out = true;
        return Added.GOES;
    }

    /** The next batch; when it is empty none is out any more. */
    synchronized List<PendingMessage> next() {
        List<PendingMessage> batch = new ArrayList<>();
        long room = isBacklog() ? BATCH_BYTES : PACKET_BYTES;
        room -= EnvelopeWriter.overheadBytes();
        while (!pending.isEmpty() && batch.size() < BATCH_MESSAGES) {
            int bytes = pending.peek().bytes();
            if (!batch.isEmpty() && bytes > room) {
                break;
            }
            room -= bytes;
            pendingBytes -= bytes;
            batch.add(pending.poll());
        }
        out = !batch.isEmpty();
        return batch;
    }

    /** Takes no more. What waits is returned, and is the caller's to refuse. */
    synchronized List<PendingMessage> close() {
        closed = true;
        return takeAll();
    }

    /** What waits is returned, and is the caller's to refuse; the batch that is out stays out. */
    synchronized List<PendingMessage> takeAll() {
        List<PendingMessage> left = List.copyOf(pending);
        pending.clear();
        pendingBytes = 0;
        return left;
    }

    private boolean isBacklog() {
        return pendingBytes >= (long) BACKLOG_PACKETS * PACKET_BYTES;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.store.StoredQueue;
import java.util.concurrent.TimeUnit;

/**
 * How much may wait for one consumer. While the consumer is there, nothing is left out: what finds no room stays with the
 * mesh. One that has gone for good must neither fill the store nor keep others waiting. Not thread-safe.
 */
final class OutboxRoom {

    /** How many bytes wait before no more is taken out of the mesh: a full backlog. */
    static final long BYTES_MAX = 256L << 20;

    /** How long what has no room waits for a consumer that is not open. A guess: an update, a change of configuration. */
    static final long RETURN_MS = TimeUnit.HOURS.toMillis(1);

    /** After which a consumer that is not open counts as gone for good. A guess: holidays. */
    static final long ABSENT_MS = TimeUnit.DAYS.toMillis(7);

    /** How many deliveries wait for such a one. */
    static final int UNCLAIMED_MAX = 10_000;

    private final long bytesMax;
    private long waiting;
    private long waitingBytes;
    private boolean full;
    private boolean open;
    private long closedMs;

    /** @param kept what waits already */
    OutboxRoom(long bytesMax, StoredQueue kept, long nowMs) {
        this.bytesMax = bytesMax;
        waiting = kept.deliveries();
        waitingBytes = kept.bytes();
        full = waitingBytes >= bytesMax;
        closedMs = nowMs;
    }

    void opened() {
        open = true;
    }

    void closed(long nowMs) {
        open = false;
        closedMs = nowMs;
    }

    /** Takes room for a delivery; false when it is to be left out. */
    boolean take(int bytes, long nowMs) {
        long absentMs = absentMs(nowMs);
        boolean tooMany = absentMs >= ABSENT_MS && waiting >= UNCLAIMED_MAX;
        if (tooMany || absentMs >= RETURN_MS && waitingBytes + bytes > bytesMax) {
            return false;
        }
        waiting++;
        waitingBytes += bytes;
        full |= waitingBytes >= bytesMax;
        return true;
    }

    void free(int bytes) {
        waiting--;
        waitingBytes -= bytes;
        full &= waitingBytes > bytesMax / 2;
    }

    /** Whether messages are to stay where they are: until half of it is free, so that not each is asked for by itself. */
    boolean isFull(long nowMs) {
        return full && absentMs(nowMs) < RETURN_MS;
    }

    private long absentMs(long nowMs) {
        return open ? 0 : nowMs - closedMs;
    }
}

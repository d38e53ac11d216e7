// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.concurrent.atomic.AtomicLong;

/** The room for what waits, and for gaps that are remembered, in all orders of a node together. Thread-safe. */
public final class OrderRoom {

    /** Guesses: an eighth of the heap of a small gateway (64 MB). */
    private static final int ITEMS_MAX = 16_384;

    private static final long BYTES_MAX = 8L << 20;

    /** A guess: as many as senders are remembered; some 100 bytes each. */
    private static final int GAPS_MAX = 4_096;

    private final int itemsMax;
    private final long bytesMax;
    private final int gapsMax;
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    public OrderRoom() {
        this(ITEMS_MAX, BYTES_MAX, GAPS_MAX);
    }

    /**
     * @param itemsMax how many items wait at most
     * @param bytesMax how many bytes they hold in memory at most
     * @param gapsMax how many gaps are remembered at most
     */
    public OrderRoom(int itemsMax, long bytesMax, int gapsMax) {
        this.itemsMax = itemsMax;
        this.bytesMax = bytesMax;
        this.gapsMax = gapsMax;
    }

    void take(int itemBytes) {
        items.incrementAndGet();
        bytes.addAndGet(itemBytes);
    }

    void free(int itemBytes) {
        items.decrementAndGet();
        bytes.addAndGet(-itemBytes);
    }

    /** Whether somebody has to let an item go. */
    boolean isOver() {
        return items.get() > itemsMax || bytes.get() > bytesMax;
    }

    /** There are more gaps to remember, or fewer when negative. */
    void gaps(int more) {
        gaps.addAndGet(more);
    }

    /** Whether somebody has to forget a gap. */
    boolean hasTooManyGaps() {
        return gaps.get() > gapsMax;
    }

    /** How many gaps are remembered. */
    public long gaps() {
        return gaps.get();
    }

    /** How many items wait. */
    public long items() {
        return items.get();
    }

    /** How many bytes they hold in memory. */
    public long bytes() {
        return bytes.get();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import java.util.concurrent.atomic.AtomicLong;

/** The room for what waits in all orders of a node together. Thread-safe. */
public final class OrderRoom {

    /** Guesses: an eighth of the heap of a small gateway (64 MB). */
    private static final int ITEMS_MAX = 16_384;

    private static final long BYTES_MAX = 8L << 20;

    private final int itemsMax;
    private final long bytesMax;
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    public OrderRoom() {
        this(ITEMS_MAX, BYTES_MAX);
    }

    /**
     * @param itemsMax how many items wait at most
     * @param bytesMax how many bytes they hold in memory at most
     */
    public OrderRoom(int itemsMax, long bytesMax) {
        this.itemsMax = itemsMax;
        this.bytesMax = bytesMax;
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

    /** How many items wait. */
    public long items() {
        return items.get();
    }

    /** How many bytes they hold in memory. */
    public long bytes() {
        return bytes.get();
    }
}

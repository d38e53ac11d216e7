// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.time.Duration;

/**
 * How the database is run. Sizes are in blocks of 4,096 bytes, whatever the size of a page.
 *
 * @param blocksMax how long the file may be
 * @param walBlocks how long the log may be before what is in it is moved to the file
 * @param groupInterval the least time between the beginnings of two transactions
 */
record DatabaseSettings(long blocksMax, int walBlocks, Duration groupInterval) {

    /** SQLite's own limit. */
    private static final long PAGES_MAX = 0xfffffffeL;

    /**
     * No limit but SQLite's own: who puts packets keeps the budget. 16 MB of log: a page that changes with each commit
     * is moved to the file once in that time; flash wears less the longer it is, and less of a disk is left. 3 ms: what
     * comes in that time shares a write; a publisher hardly notices.
     */
    static final DatabaseSettings DEFAULT = new DatabaseSettings(PAGES_MAX, 4_096, Duration.ofMillis(3));

    long walBytes() {
        return (long) walBlocks * Layout.BLOCK_BYTES;
    }

    /** After how many pages in the log they are moved to the file. */
    long walPages(int pageBytes) {
        return walBytes() / pageBytes;
    }

    /** How many pages the file may have. */
    long pagesMax(int pageBytes) {
        return Math.min(PAGES_MAX, blocksMax * Layout.BLOCK_BYTES / pageBytes);
    }
}

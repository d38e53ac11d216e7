// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.time.Duration;

/**
 * How the database is run.
 *
 * @param pagesMax how many pages of 4,096 bytes the file may have
 * @param walPages after how many pages in the log they are moved to the file
 * @param groupInterval the least time between the beginnings of two transactions
 */
record DatabaseSettings(long pagesMax, int walPages, Duration groupInterval) {

    static final int PAGE_BYTES = 4_096;

    /**
     * No limit but SQLite's own: who puts packets keeps the budget. 16 MB of log: a page that changes with each commit
     * is moved to the file once in that time; flash wears less the longer it is, and less of a disk is left. 3 ms: what
     * comes in that time shares a write; a publisher hardly notices.
     */
    static final DatabaseSettings DEFAULT = new DatabaseSettings(0xfffffffeL, 4_096, Duration.ofMillis(3));

    long walBytes() {
        return (long) walPages * PAGE_BYTES;
    }
}

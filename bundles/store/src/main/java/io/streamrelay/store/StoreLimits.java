// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.time.Duration;

/**
 * The limits of a store.
 *
 * @param pendingCommits how many commits may wait for the writer
 * @param commitWait how long {@code commit} waits for a place among them
 * @param peersInterval the least time between two writes of the peers
 */
record StoreLimits(int pendingCommits, Duration commitWait, Duration peersInterval) {

    /**
     * 1,024 commits: a guess, a second's worth at the full rate of one gateway. 5 s to wait: as long as a publisher
     * does. 5 s between writes of the peers: a peer that is lost so is found again by its next ping.
     */
    static final StoreLimits DEFAULT = new StoreLimits(1_024, Duration.ofSeconds(5), Duration.ofSeconds(5));
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import io.streamrelay.api.SubclusterOptions;
import java.time.Duration;

/**
 * What order is worth.
 *
 * @param waitMs how long an item waits for those before it, in milliseconds; 0 = none waits
 * @param firstWaitMs how long the first item of a sender waits whose number says that this node has come late, in
 *     milliseconds: those before it may be long gone
 */
public record OrderWait(long waitMs, long firstWaitMs) {

    public static final Duration DEFAULT = SubclusterOptions.DEFAULT_ORDER_WAIT;

    /** For a node that has come late: what is under way behind the first one is there by then. A guess. */
    private static final long FIRST_MS = 1_000;

    /**
     * Up to the default, somebody wants what is there, and a node that has come late need not wait in full for what was
     * sent before its time. Who sets more wants order, which that would break.
     */
    public static OrderWait of(Duration wait) {
        long waitMs = wait.toMillis();
        return new OrderWait(waitMs, waitMs <= DEFAULT.toMillis() ? Math.min(waitMs, FIRST_MS) : waitMs);
    }
}

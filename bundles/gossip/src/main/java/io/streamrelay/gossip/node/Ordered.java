// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import java.util.List;

/**
 * Messages that came together, at least one, and their place in their sender's order.
 *
 * @param arrivedMs when they came, monotonic, in milliseconds
 */
record Ordered(Id sender, long epoch, long sequence, long arrivedMs, List<Arrival> arrivals) {

    /** The id of the (first) packet that carried them. */
    Id packetId() {
        return arrivals.get(0).packetId();
    }

    /** What they hold in memory. */
    int bytes() {
        return arrivals.stream().mapToInt(Arrival::bytes).sum();
    }

    /** The messages, as old as they are now. */
    List<Arrival> asOf(long nowMs) {
        long waitedMs = nowMs - arrivedMs;
        return waitedMs == 0
                ? arrivals
                : arrivals.stream().map(each -> each.older(waitedMs)).toList();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.node.order.OrderLimits;
import io.streamrelay.gossip.node.order.OrderRestorer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a node remembers of a subcluster for as long as it runs, also while it takes no part: its own numbers, and what
 * it has got from others.
 *
 * @param envelopeNumber the last sequence number of an own envelope
 * @param rawNumber the last sequence number of an own raw message
 * @param lane where messages of this subcluster are opened, and the only user of the two orders
 * @param envelopes the order of enveloped messages
 * @param raw the order of raw messages from our own kind
 */
record SubclusterMemory(
        AtomicLong envelopeNumber,
        AtomicLong rawNumber,
        Lane lane,
        OrderRestorer<List<Arrival>> envelopes,
        OrderRestorer<List<Arrival>> raw) {

    static SubclusterMemory empty(Lane lane) {
        return new SubclusterMemory(
                new AtomicLong(),
                new AtomicLong(),
                lane,
                new OrderRestorer<>(OrderLimits.DEFAULT),
                new OrderRestorer<>(OrderLimits.DEFAULT));
    }
}

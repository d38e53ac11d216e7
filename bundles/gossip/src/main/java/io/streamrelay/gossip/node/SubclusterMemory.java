// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.gossip.node.order.OrderLimits;
import io.streamrelay.gossip.node.order.OrderRestorer;
import java.util.List;

/**
 * What a node remembers of a subcluster for as long as it runs, also while it takes no part: its own numbers, and what
 * it has got from others.
 *
 * @param envelopeNumbers the sequence numbers of own envelopes
 * @param rawNumbers the sequence numbers of own raw messages
 * @param lane where messages of this subcluster are opened, and the only user of the two orders
 * @param taker who is given messages in order
 * @param envelopes the order of enveloped messages
 * @param raw the order of raw messages from our own kind
 */
record SubclusterMemory(
        SequenceNumbers envelopeNumbers,
        SequenceNumbers rawNumbers,
        Lane lane,
        Taker taker,
        OrderRestorer<List<Arrival>> envelopes,
        OrderRestorer<List<Arrival>> raw) {

    static SubclusterMemory empty(Lane lane) {
        return new SubclusterMemory(
                new SequenceNumbers(),
                new SequenceNumbers(),
                lane,
                new Taker(),
                new OrderRestorer<>(OrderLimits.DEFAULT),
                new OrderRestorer<>(OrderLimits.DEFAULT));
    }
}

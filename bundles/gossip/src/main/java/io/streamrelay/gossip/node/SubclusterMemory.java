// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.PacketStore;

/**
 * What a node remembers of a subcluster for as long as it runs, also while it takes no part: its own numbers, and what
 * it has got from others, which outlives a restart.
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
        OrderBook envelopes,
        OrderBook raw) {

    /** With what the store remembers. */
    static SubclusterMemory of(Id subcluster, Lane lane, PacketStore store) {
        Taker taker = new Taker();
        return new SubclusterMemory(
                new SequenceNumbers(),
                new SequenceNumbers(),
                lane,
                taker,
                book(OrderBook.prefix(subcluster, "envelope"), store, taker),
                book(OrderBook.prefix(subcluster, "raw"), store, taker));
    }

    private static OrderBook book(String prefix, PacketStore store, Taker taker) {
        return new OrderBook(prefix, store.notes(prefix), taker);
    }
}

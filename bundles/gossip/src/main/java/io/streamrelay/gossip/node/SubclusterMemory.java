// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.PacketStore;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.node.order.OrderRoom;
import java.util.ArrayList;
import java.util.List;

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
 * @param left what stays in the mesh for now
 */
record SubclusterMemory(
        SequenceNumbers envelopeNumbers,
        SequenceNumbers rawNumbers,
        Lane lane,
        Taker taker,
        OrderBook envelopes,
        OrderBook raw,
        LeftInMesh left) {

    /**
     * With what the store remembers.
     *
     * @param room what the orders of all subclusters share
     */
    static SubclusterMemory of(Id subcluster, NodeParts node, OrderRoom room) {
        Taker taker = new Taker();
        Lane lane = node.workers().lane();
        return new SubclusterMemory(
                new SequenceNumbers(),
                new SequenceNumbers(),
                lane,
                taker,
                OrderBook.ofEnvelopes(subcluster, node, room, taker),
                OrderBook.ofRaw(subcluster, node, room, taker),
                new LeftInMesh(subcluster, node, lane, taker));
    }

    /**
     * The engine has let go of packets: what they carried waits no more, and is kept elsewhere before the store removes
     * them. Behind what was received before, for that may not have been opened yet.
     */
    void letGo(List<Action.LetGo> gone, NodeParts node) {
        lane.execute(() -> {
            long nowMs = node.clock().now().monotonicMs();
            for (Action.LetGo packet : gone) {
                envelopes.letGo(packet.message(), nowMs);
                raw.letGo(packet.message(), nowMs);
                left.gone(packet.message());
            }
            remove(gone, node.store());
        });
    }

    /** Has the store remove them. */
    static void remove(List<Action.LetGo> gone, PacketStore store) {
        List<StoreChange> removals = new ArrayList<>(gone.size());
        gone.forEach(packet -> removals.add(new StoreChange.RemovePacket(packet.packet())));
        store.commit(removals);
    }
}

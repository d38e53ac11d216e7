// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.Event;
import java.util.HashSet;
import java.util.Set;

/**
 * The messages of a subcluster that are not taken out of the mesh, since whom they are for has no room: the engine owes
 * them, in its own room, and beyond that they stay with the peers that hold them. Used by the subcluster's lane.
 */
final class LeftInMesh {

    /** How often is looked whether there is room again. */
    static final long LOOK_MS = 1_000;

    private final Id subcluster;
    private final NodeParts node;
    private final Lane lane;
    private final Taker taker;
    private final Set<Id> left = new HashSet<>();
    private boolean looking;

    LeftInMesh(Id subcluster, NodeParts node, Lane lane, Taker taker) {
        this.subcluster = subcluster;
        this.node = node;
        this.lane = lane;
        this.taker = taker;
    }

    /** Whether a message stays for now. None passes those that do: they come again before it does. */
    boolean stays(Id message) {
        if (!taker.isFull() && (left.remove(message) || left.isEmpty())) {
            return false;
        }
        left.add(message);
        lookLater();
        return true;
    }

    /** The mesh has let go of a message. */
    void gone(Id message) {
        left.remove(message);
    }

    private void lookLater() {
        if (!looking) {
            looking = true;
            node.workers().after(LOOK_MS, () -> lane.execute(this::look));
        }
    }

    private void look() {
        looking = false;
        if (left.isEmpty()) {
            return;
        }
        if (!taker.isFull()) {
            node.queue().fact(new Event.TakesAgain(subcluster));
        }
        lookLater();
    }
}

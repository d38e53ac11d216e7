// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.packet.DropReason;

/** A change of state that counters, logs, listeners and tests may look at; the engine does not depend on it. */
public sealed interface Observation {

    /** Something received was not used. {@code from} is null when it did not come from the network. */
    record Dropped(DropReason reason, Endpoint from) implements Observation {}

    /** A peer is connected. */
    record PeerUp(Id peer, Endpoint endpoint, NatType natType, boolean kin) implements Observation {}

    /** A peer has gone silent, or was replaced. */
    record PeerDown(Id peer) implements Observation {}

    /** A connected peer is a member of a subcluster that this node takes part in. */
    record MemberUp(Id subcluster, Id peer) implements Observation {}

    /** A member is no longer connected. */
    record MemberDown(Id subcluster, Id peer) implements Observation {}

    /**
     * A packet of an own message, or of one that is for this node, has left toward a peer.
     *
     * @param message the id of the message's (first) packet
     */
    record Sent(Id message, Id peer) implements Observation {}

    /**
     * A peer holds a packet of an own message.
     *
     * @param message the id of the message's (first) packet
     */
    record Held(Id message, Id peer) implements Observation {}

    /** This node's own view of itself has changed. {@code reflexive} may be null. */
    record SelfChanged(NatType natType, Endpoint reflexive) implements Observation {}

    /** A packet was sent on, stored, evicted, expired or repaired: a count by name. */
    record Counted(String counter, long amount) implements Observation {}
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Packet;
import java.util.List;

/** What one algorithm has to tell the others; the engine routes it, so that they need not know each other. */
sealed interface Signal {

    /** A peer is connected. */
    record PeerUp(Peer peer) implements Signal {}

    /** Kin takes this node for a peer, too: what is sent to it is no longer a stranger's. */
    record ListedBy(Peer peer) implements Signal {}

    /** A reference peer has answered a ping, from where it is known to be. */
    record PongHeard(Peer peer) implements Signal {}

    /** A reference peer answers elsewhere, and no longer where it was. */
    record Relocated(Peer peer, Path to) implements Signal {}

    /** A reference peer's id has answered a challenge elsewhere than where it is known to be. */
    record TurnedUp(Peer peer, Path at) implements Signal {}

    /** A peer was taken out of the table. */
    record PeerDown(Peer peer) implements Signal {}

    /** A peer is known to be a member of a subcluster. */
    record MemberSeen(Peer peer, Id subcluster) implements Signal {}

    /** An address that may belong to a peer worth knowing. {@code toldBy} is where the news came from. */
    record PeerHeardOf(Id peer, Endpoint endpoint, Endpoint toldBy) implements Signal {}

    /** A packet is new, verified and held. {@code from} is null for own packets. */
    record PacketHeld(CachedPacket packet, Endpoint from) implements Signal {}

    /** A fragment waits for the one before it, without which it cannot be verified. */
    record FragmentWaits(Packet packet, Endpoint from) implements Signal {}

    /** Packets are no longer held. */
    record PacketsGone(List<CachedPacket> packets) implements Signal {}

    /** A peer has sent a packet that was here before and has been let go. */
    record OfferedAgain(Peer peer, Id packet) implements Signal {}

    /** A peer holds other packets than this node. */
    record SummaryDiffers(Peer peer) implements Signal {}

    /** Others see this node at another address, or behind something else, than before. */
    record SelfChanged() implements Signal {}
}

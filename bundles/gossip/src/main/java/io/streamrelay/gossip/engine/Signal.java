// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Join;
import io.streamrelay.gossip.packet.Packet;
import java.util.List;

/** What one algorithm has to tell the others; the engine routes it, so that they need not know each other. */
sealed interface Signal {

    /** A peer is connected. */
    record PeerUp(Peer peer) implements Signal {}

    /** Kin takes this node for a peer, too: what is sent to it is no longer a stranger's. */
    record ListedBy(Peer peer) implements Signal {}

    /** Kin has asked who this node is, and takes it for a peer when it has the answer, which is on its way. */
    record ChallengedBy(Peer peer) implements Signal {}

    /** A reference peer has answered a ping, from where it is known to be. */
    record PongHeard(Peer peer) implements Signal {}

    /** A reference peer answers elsewhere, and no longer where it was. */
    record Relocated(Peer peer, Path to) implements Signal {}

    /** A reference peer's id has answered a challenge elsewhere than where it is known to be. */
    record TurnedUp(Peer peer, Path at) implements Signal {}

    /** A peer was taken out of the table. */
    record PeerDown(Peer peer) implements Signal {}

    /** Others want a connected peer's place: is it still there? */
    record PeerDoubted(Peer peer) implements Signal {}

    /** A peer is known to be a member of a subcluster. */
    record MemberSeen(Peer peer, Id subcluster) implements Signal {}

    /** An address that may belong to a peer worth knowing, a member of {@code subcluster} or null; {@code toldBy} says it. */
    record PeerHeardOf(Id peer, Endpoint endpoint, Id subcluster, Endpoint toldBy) implements Signal {}

    /** A peer takes part in a subcluster: who passes it on may introduce it, who is a member may ask for it. */
    record JoinTaken(Packet packet, Join join, Peer source) implements Signal {}

    /** A connected peer wants to be introduced to another, and says so to this node. */
    record IntroductionAsked(Peer asking, Peer wanted, Packet packet) implements Signal {}

    /** A peer may answer on that path, and is worth connecting to. {@code subcluster} may be null. */
    record Approach(Id peer, Path path, Id subcluster) implements Signal {}

    /** A peer can be reached only by searching for a way through its NAT or ours. */
    record Traverse(Acquaintance target) implements Signal {}

    /** The probe socket has sent there for somebody else's reflection. */
    record ProbeSent(Endpoint to) implements Signal {}

    /** A connected peer is reached by another way than this from now on. */
    record PathLeft(Path path) implements Signal {}

    /** A node that may be worth knowing is on one of this host's own networks. */
    record PeerNearby(Endpoint endpoint) implements Signal {}

    /** A packet is new, verified and held. {@code from} is null for own packets. */
    record PacketHeld(CachedPacket packet, Endpoint from) implements Signal {}

    /** A packet that is held has come from other kin, too, on its way to whoever lacks it. */
    record CameAgain(Peer peer, CachedPacket packet) implements Signal {}

    /** A fragment waits for the one before it, without which it cannot be verified. */
    record FragmentWaits(Packet packet, Endpoint from) implements Signal {}

    /** Packets have lived as long as they may, and are no longer held. */
    record PacketsExpired(List<CachedPacket> packets) implements Signal {}

    /** A packet had to make room. */
    record PacketEvicted(CachedPacket packet) implements Signal {}

    /** A peer has sent a packet that has ended here: it was delivered, or has expired. */
    record OfferedAgain(Peer peer, Id packet) implements Signal {}

    /** A peer has sent a packet that cannot be kept here. */
    record Declined(Peer peer, Id packet) implements Signal {}

    /** A packet is held, but could not be committed when it came. */
    record StillUnsafe(CachedPacket packet) implements Signal {}

    /** A receipt of a peer has named an own packet. */
    record OwnCame(CachedPacket packet, Peer peer) implements Signal {}

    /** A peer holds other packets than this node. */
    record SummaryDiffers(Peer peer, long theirHash) implements Signal {}

    /** Others see this node at another address, or behind something else, than before. */
    record SelfChanged() implements Signal {}

    /** The driver has taken so much of what was delivered that others may send more. */
    record CaughtUp() implements Signal {}
}

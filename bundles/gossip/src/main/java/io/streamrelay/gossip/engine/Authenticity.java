// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Pong;

/**
 * Decides who is who (protocol-v6 D41). A peer id that has signed belongs to its key: what is not signed cannot take
 * it over. Ids of reference peers, which sign nothing, belong to whoever answers at their address.
 */
final class Authenticity {

    enum Verdict {
        SIGNED,
        UNSIGNED,
        FORGED
    }

    private final Turn turn;
    private final PeerTable peers;
    private final ControlSeal seal;
    private final BoundedMap<Id, Boolean> signers = new BoundedMap<>(Limits.SIGNERS_MAX);

    Authenticity(Turn turn, PeerTable peers, ControlSeal seal) {
        this.turn = turn;
        this.peers = peers;
        this.seal = seal;
    }

    /** A pong that has answered a challenge of ours: it is fresh, whoever made it. */
    Verdict judge(Packet packet, Pong pong) {
        Id peer = pong.responder();
        if (seal.isSignedBy(peer, packet, pong)) {
            signers.put(peer, true);
            return Verdict.SIGNED;
        }
        return ControlSeal.isSigned(packet) || isSigner(peer) ? Verdict.FORGED : Verdict.UNSIGNED;
    }

    /**
     * Whether a connected peer itself says something: a reference peer's address has to do; kin has to have signed,
     * and not have said it before. Unsigned heartbeats of kin are no forgeries, they just change nothing.
     */
    boolean isSaidBy(Peer peer, Packet packet, Body body) {
        if (!peer.kin()) {
            return true;
        }
        if (!ControlSeal.isSigned(packet)) {
            return false;
        }
        boolean genuine = peer.verifications().tryTake(turn.nowMs())
                && seal.isSignedBy(peer.id(), packet, body)
                && peer.replays().admit(ControlSeal.stampOf(packet));
        if (!genuine) {
            turn.drop(DropReason.FORGED, peer.endpoint());
        }
        return genuine;
    }

    /** Whether a packet names a peer that signs, without being signed. */
    boolean isForged(Id claimed, Packet packet) {
        return isSigner(claimed) && !ControlSeal.isSigned(packet);
    }

    /** Whether an id belongs to a key: it has signed before. */
    boolean isSigner(Id id) {
        Peer peer = peers.byId(id);
        return peer != null && peer.kin() || signers.get(id) != null;
    }

    /** Ids that are remembered. */
    int size() {
        return signers.size();
    }
}

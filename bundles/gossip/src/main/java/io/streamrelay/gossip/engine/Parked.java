// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Our own nodes that are out of reach: who they were, what waits for them, and what has come from them. In a short contact
 * two go on where they were, instead of comparing all that both hold.
 */
final class Parked {

    private final Map<Id, Peer> gone = new LinkedHashMap<>();

    /** A peer has gone. */
    void peerDown(Peer peer) {
        if (!peer.kin()) {
            return;
        }
        gone.remove(peer.id());
        if (gone.size() == Limits.PARKED_MAX) {
            gone.remove(gone.keySet().iterator().next());
        }
        peer.outflow().unhold();
        gone.put(peer.id(), peer);
    }

    /** A peer has come; whether it goes on where it was. */
    boolean peerUp(Peer peer) {
        Peer before = peer.kin() ? gone.remove(peer.id()) : null;
        if (before == null) {
            return false;
        }
        peer.resume(before);
        return true;
    }

    /** Who was last reached that way and is gone, or null. */
    Peer at(Path path) {
        Peer last = null;
        for (Peer peer : gone.values()) {
            if (peer.path().equals(path)) {
                last = peer;
            }
        }
        return last;
    }

    /** A new packet is for those, too, who are out of reach, but for the one that it came from. */
    void packetHeld(CachedPacket packet, Endpoint from) {
        for (Peer peer : gone.values()) {
            if (!peer.endpoint().equals(from)) {
                peer.outflow().offerLive(packet);
            }
        }
    }

    /** A packet is held no more. */
    void gone(CachedPacket packet) {
        gone.values().forEach(peer -> peer.outflow().forget(packet));
    }

    /** Whether anything waits for a node. */
    boolean isWaiting(Id id) {
        Peer peer = gone.get(id);
        return peer != null && peer.outflow().isBusy();
    }
}

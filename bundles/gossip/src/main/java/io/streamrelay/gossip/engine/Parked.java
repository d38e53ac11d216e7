// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What waits for our own nodes that are out of reach, and what has come from them: in a short contact two go on where
 * they were, instead of comparing all that both hold.
 */
final class Parked {

    private record Place(
            Endpoint endpoint, Endpoint advertised, boolean wasMember, Outflow outflow, Arrivals arrivals, Told told) {}

    private final Map<Id, Place> places = new LinkedHashMap<>();

    /** A peer has gone. */
    void peerDown(Peer peer) {
        if (!peer.kin()) {
            return;
        }
        places.remove(peer.id());
        if (places.size() == Limits.PARKED_MAX) {
            places.remove(places.keySet().iterator().next());
        }
        peer.outflow().unhold();
        places.put(
                peer.id(),
                new Place(
                        peer.endpoint(),
                        peer.advertised(),
                        !peer.subclusters().isEmpty(),
                        peer.outflow(),
                        peer.arrivals(),
                        peer.told()));
    }

    /** A peer has come; whether it goes on where it was. */
    boolean peerUp(Peer peer) {
        Place place = peer.kin() ? places.remove(peer.id()) : null;
        if (place == null) {
            return false;
        }
        peer.resume(place.outflow(), place.arrivals(), place.told(), place.wasMember());
        peer.advertised(place.advertised());
        return true;
    }

    /** A new packet is for those, too, who are out of reach, but for the one that it came from. */
    void packetHeld(CachedPacket packet, Endpoint from) {
        for (Place place : places.values()) {
            if (!place.endpoint().equals(from)) {
                place.outflow().offerLive(packet);
            }
        }
    }

    /** A packet is held no more. */
    void gone(CachedPacket packet) {
        places.values().forEach(place -> place.outflow().forget(packet));
    }

    /** Whether anything waits for a node. */
    boolean isWaiting(Id peer) {
        Place place = places.get(peer);
        return place != null && place.outflow().isBusy();
    }
}

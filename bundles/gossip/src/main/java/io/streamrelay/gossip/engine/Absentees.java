// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Peers that were connected and are not any more, for whoever asks when they were heard last. */
final class Absentees {

    private record Gone(Endpoint endpoint, long heardMs) {}

    private final Map<Id, Gone> gone = new LinkedHashMap<>();

    void came(Id peer) {
        gone.remove(peer);
    }

    void went(Peer peer, long nowMs) {
        gone.remove(peer.id());
        gone.put(peer.id(), new Gone(peer.endpoint(), nowMs - peer.silentMs(nowMs)));
        if (gone.size() > Limits.ABSENTEES_MAX) {
            gone.remove(gone.keySet().iterator().next());
        }
    }

    /** The most recently lost first. */
    List<AbsentPeer> asOf(long nowMs) {
        List<AbsentPeer> absent = new ArrayList<>(gone.size());
        gone.forEach((id, peer) -> absent.add(new AbsentPeer(id, peer.endpoint(), nowMs - peer.heardMs())));
        Collections.reverse(absent);
        return absent;
    }
}

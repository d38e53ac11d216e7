// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoredPeer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The peers heard last, each once. Not thread-safe. */
final class RecentPeers {

    /** How many are kept: the contract's figure. */
    static final int MAX_PEERS = 256;

    private final Map<Id, StoredPeer> oldestFirst = new LinkedHashMap<>();

    /** Puts a peer in the first place; the last one goes when there are too many. */
    void heard(StoredPeer peer) {
        oldestFirst.remove(peer.id());
        oldestFirst.put(peer.id(), peer);
        if (oldestFirst.size() > MAX_PEERS) {
            oldestFirst.remove(oldestFirst.keySet().iterator().next());
        }
    }

    List<StoredPeer> mostRecentFirst() {
        List<StoredPeer> peers = new ArrayList<>(oldestFirst.values());
        Collections.reverse(peers);
        return peers;
    }

    int size() {
        return oldestFirst.size();
    }
}

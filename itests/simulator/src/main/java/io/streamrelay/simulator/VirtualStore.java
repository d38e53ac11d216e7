// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one node has on disk: it outlives its engines. */
public final class VirtualStore {

    private static final int PEERS_MAX = 256;

    private final Map<Id, StoredPacket> packets = new LinkedHashMap<>();
    private final Map<Id, StoredPeer> peers = new LinkedHashMap<>();
    private long bytes;

    void apply(List<StoreChange> changes) {
        changes.forEach(this::apply);
    }

    private void apply(StoreChange change) {
        if (change instanceof StoreChange.PutPacket put) {
            if (packets.putIfAbsent(put.packet().id(), put.packet()) == null) {
                bytes += put.packet().bytes().length;
            }
        } else if (change instanceof StoreChange.RemovePacket remove) {
            StoredPacket removed = packets.remove(remove.id());
            if (removed != null) {
                bytes -= removed.bytes().length;
            }
        } else if (change instanceof StoreChange.PutPeer put) {
            peers.remove(put.peer().id());
            peers.put(put.peer().id(), put.peer());
            if (peers.size() > PEERS_MAX) {
                peers.remove(peers.keySet().iterator().next());
            }
        } else {
            throw new Violation(
                    "an engine has no business with " + change.getClass().getSimpleName());
        }
    }

    /** The packets, oldest first. */
    List<StoredPacket> packets() {
        return List.copyOf(packets.values());
    }

    /** The peers, most recently heard first. */
    List<StoredPeer> peers() {
        List<StoredPeer> newestFirst = new ArrayList<>(peers.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The ids of the packets. */
    public Set<Id> packetIds() {
        return Collections.unmodifiableSet(packets.keySet());
    }

    /** The bytes of all packets. */
    public long bytes() {
        return bytes;
    }

    void wipe() {
        packets.clear();
        peers.clear();
        bytes = 0;
    }
}

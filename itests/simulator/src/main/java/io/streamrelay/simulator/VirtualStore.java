// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one node has on disk: it outlives its engines. */
public final class VirtualStore {

    private static final int PEERS_MAX = 256;

    private record Kept(StoredPacket packet, long atMs) {

        StoredPacket read(long nowMs) {
            return packet.later(packet.passedOn(), packet.delivered(), packet.ageMs() + nowMs - atMs);
        }
    }

    private final Map<Id, Kept> packets = new LinkedHashMap<>();
    private final Set<Id> seen = new LinkedHashSet<>();
    private final Map<Id, StoredPeer> peers = new LinkedHashMap<>();
    /** As a node's order book knows them: also when nothing is left of what was delivered. */
    private final Set<Id> received = new LinkedHashSet<>();

    private long bytes;

    /** @param nowMs virtual time: packets grow older on disk, too */
    void apply(List<StoreChange> changes, long nowMs) {
        changes.forEach(change -> apply(change, nowMs));
    }

    private void apply(StoreChange change, long nowMs) {
        if (change instanceof StoreChange.PutPacket put) {
            put(put.packet(), nowMs);
        } else if (change instanceof StoreChange.RemovePacket remove) {
            remove(remove.id());
        } else if (change instanceof StoreChange.EvictPacket evict) {
            remove(evict.id());
            seen.remove(evict.id());
        } else if (change instanceof StoreChange.PacketPassedOn mark) {
            replace(mark.id(), true, false);
        } else if (change instanceof StoreChange.PacketDelivered mark) {
            delivered(mark.id());
            replace(mark.id(), false, true);
        } else if (change instanceof StoreChange.PutPeer put) {
            put(put.peer());
        } else {
            throw new Violation(
                    "an engine has no business with " + change.getClass().getSimpleName());
        }
    }

    private void put(StoredPacket packet, long nowMs) {
        if (packets.putIfAbsent(packet.id(), new Kept(packet, nowMs)) == null) {
            seen.add(packet.id());
            bytes += packet.bytes().length;
        }
    }

    private void remove(Id id) {
        Kept removed = packets.remove(id);
        if (removed != null) {
            bytes -= removed.packet().bytes().length;
        }
    }

    private void put(StoredPeer peer) {
        peers.remove(peer.id());
        peers.put(peer.id(), peer);
        if (peers.size() > PEERS_MAX) {
            peers.remove(peers.keySet().iterator().next());
        }
    }

    private void delivered(Id id) {
        Kept kept = packets.get(id);
        if (kept != null && !kept.packet().own() && Packet.decode(kept.packet().bytes()) instanceof Packet packet) {
            received.add(packet.id(Field.SUBCLUSTER));
        }
    }

    private void replace(Id id, boolean passedOn, boolean delivered) {
        packets.computeIfPresent(id, (same, kept) -> {
            StoredPacket packet = kept.packet();
            return new Kept(
                    packet.later(passedOn || packet.passedOn(), delivered || packet.delivered(), packet.ageMs()),
                    kept.atMs());
        });
    }

    /** The packets, oldest first, as old as they are now. */
    public List<StoredPacket> packets(long nowMs) {
        return packets.values().stream().map(kept -> kept.read(nowMs)).toList();
    }

    /** The first eight bytes of the ids of all packets that were ever here. */
    long[] seen() {
        return seen.stream()
                .mapToLong(id -> ByteBuffer.wrap(id.bytes()).getLong())
                .toArray();
    }

    /** The peers, most recently heard first. */
    List<StoredPeer> peers() {
        List<StoredPeer> newestFirst = new ArrayList<>(peers.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The subclusters of which messages were delivered. */
    Set<Id> subclusters() {
        return Set.copyOf(received);
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
        seen.clear();
        peers.clear();
        received.clear();
        bytes = 0;
    }
}

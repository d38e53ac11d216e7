// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredPeer;
import io.streamrelay.api.store.StoredQueue;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Everything that a store remembers. Thread-safe; a reader sees all changes of one {@link #apply} or none. */
final class MemoryTables {

    private final Map<Id, StoredPacket> packets = new LinkedHashMap<>();
    private final Set<String> consumers = new LinkedHashSet<>();
    private final DeliveryQueues deliveries = new DeliveryQueues();
    private final RecentPeers peers = new RecentPeers();
    private final Map<Id, Long> seen = new LinkedHashMap<>();
    private final NavigableMap<String, byte[]> notes = new TreeMap<>();
    private long packetBytes;

    synchronized void apply(List<StoreChange> changes) {
        changes.forEach(this::applyOne);
    }

    private void applyOne(StoreChange change) {
        if (change instanceof StoreChange.PutPacket put) {
            putPacket(put.packet());
        } else if (change instanceof StoreChange.RemovePacket remove) {
            removePacket(remove.id());
        } else if (change instanceof StoreChange.PutConsumer put) {
            consumers.add(put.consumer());
        } else if (change instanceof StoreChange.PutDelivery put) {
            deliveries.put(put.delivery());
        } else if (change instanceof StoreChange.RemoveDelivery remove) {
            deliveries.remove(remove.consumer(), remove.number());
        } else if (change instanceof StoreChange.PutPeer put) {
            peers.heard(put.peer());
        } else if (change instanceof StoreChange.PacketPassedOn mark) {
            packets.computeIfPresent(mark.id(), (id, packet) -> marked(packet, true, packet.delivered()));
        } else if (change instanceof StoreChange.PacketDelivered mark) {
            packets.computeIfPresent(mark.id(), (id, packet) -> marked(packet, packet.passedOn(), true));
        } else if (change instanceof StoreChange.PutNote put) {
            notes.put(put.key(), put.value());
        } else if (change instanceof StoreChange.RemoveNote remove) {
            notes.remove(remove.key());
        }
    }

    private void putPacket(StoredPacket packet) {
        if (packets.putIfAbsent(packet.id(), packet) == null) {
            packetBytes += packet.bytes().length;
            seen.put(packet.id(), ByteBuffer.wrap(packet.id().bytes()).getLong());
        }
    }

    private static StoredPacket marked(StoredPacket packet, boolean passedOn, boolean delivered) {
        return new StoredPacket(
                packet.id(), packet.bytes(), packet.own(), passedOn, delivered, packet.ageMs(), packet.lifetimeMs());
    }

    private void removePacket(Id id) {
        StoredPacket removed = packets.remove(id);
        if (removed != null) {
            packetBytes -= removed.bytes().length;
        }
    }

    synchronized List<StoredPacket> packets() {
        return List.copyOf(packets.values());
    }

    synchronized List<StoredDelivery> deliveries(String consumer, long after, int max) {
        return deliveries.of(consumer).stream()
                .filter(delivery -> delivery.number() > after)
                .limit(max)
                .toList();
    }

    synchronized StoredQueue queue(String consumer) {
        List<StoredDelivery> all = deliveries.of(consumer);
        return all.isEmpty()
                ? StoredQueue.EMPTY
                : new StoredQueue(
                        all.size(),
                        all.stream().mapToLong(each -> each.bytes().length).sum(),
                        all.get(all.size() - 1).number());
    }

    synchronized long[] seen() {
        return seen.values().stream().mapToLong(Long::longValue).toArray();
    }

    synchronized Map<String, byte[]> notes(String prefix) {
        return new TreeMap<>(notes.subMap(prefix, true, prefix + Character.MAX_VALUE, false));
    }

    synchronized List<String> consumers() {
        return List.copyOf(consumers);
    }

    synchronized List<StoredPeer> peers() {
        return peers.mostRecentFirst();
    }

    /** Entries and bytes by name; the caller's own map. */
    synchronized Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        sizes.put("packets", (long) packets.size());
        sizes.put("packets.bytes", packetBytes);
        sizes.put("consumers", (long) consumers.size());
        sizes.put("deliveries", deliveries.entries());
        sizes.put("deliveries.bytes", deliveries.bytes());
        sizes.put("peers", (long) peers.size());
        return sizes;
    }
}

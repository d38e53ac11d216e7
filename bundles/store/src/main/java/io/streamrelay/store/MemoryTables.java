// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.Id;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import io.streamrelay.api.store.StoredQueue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Packets, deliveries, consumers and notes. Thread-safe; a reader sees all changes of one {@link #apply} or none. */
final class MemoryTables {

    /** The contract's figure. */
    private static final int SEEN_MAX = 1 << 18;

    private final LongSupplier nanos;
    private final Map<Id, HeldPacket> packets = new LinkedHashMap<>();
    private final Set<Long> seen = new LinkedHashSet<>();
    private final Set<String> consumers = new LinkedHashSet<>();
    private final DeliveryQueues deliveries = new DeliveryQueues();
    private final TreeMap<String, byte[]> notes = new TreeMap<>();
    private long packetBytes;

    /** @param nanos a monotonic clock */
    MemoryTables(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void apply(List<StoreChange> changes) {
        changes.forEach(this::applyOne);
    }

    private void applyOne(StoreChange change) {
        if (change instanceof StoreChange.PutPacket put) {
            putPacket(put.packet());
        } else if (change instanceof StoreChange.PacketPassedOn passedOn) {
            packets.computeIfPresent(passedOn.id(), (id, held) -> held.passedOn());
        } else if (change instanceof StoreChange.PacketDelivered delivered) {
            packets.computeIfPresent(delivered.id(), (id, held) -> held.delivered());
        } else if (change instanceof StoreChange.RemovePacket remove) {
            removePacket(remove.id());
        } else if (change instanceof StoreChange.EvictPacket evict) {
            removePacket(evict.id());
            seen.remove(PacketRow.key(evict.id().bytes()));
        } else {
            applyOther(change);
        }
    }

    private void applyOther(StoreChange change) {
        if (change instanceof StoreChange.PutConsumer put) {
            consumers.add(put.consumer());
        } else if (change instanceof StoreChange.PutDelivery put) {
            consumers.add(put.delivery().consumer());
            deliveries.put(put.delivery(), nowMs());
        } else if (change instanceof StoreChange.RemoveDelivery remove) {
            deliveries.remove(remove.consumer(), remove.number());
        } else if (change instanceof StoreChange.PutNote put) {
            notes.put(put.key(), put.value());
        } else if (change instanceof StoreChange.RemoveNote remove) {
            notes.remove(remove.key());
        }
    }

    private void putPacket(StoredPacket packet) {
        if (packets.putIfAbsent(packet.id(), new HeldPacket(packet, nowMs())) == null) {
            packetBytes += packet.bytes().length;
            see(PacketRow.key(packet.id().bytes()));
        }
    }

    private void see(long key) {
        if (seen.add(key) && seen.size() > SEEN_MAX) {
            seen.remove(seen.iterator().next());
        }
    }

    private void removePacket(Id id) {
        HeldPacket removed = packets.remove(id);
        if (removed != null) {
            packetBytes -= removed.packet().bytes().length;
        }
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    synchronized List<StoredPacket> packets() {
        long nowMs = nowMs();
        return packets.values().stream().map(held -> held.at(nowMs)).toList();
    }

    synchronized long[] seen() {
        return seen.stream().mapToLong(Long::longValue).toArray();
    }

    synchronized StoredQueue queue(String consumer) {
        return deliveries.sum(consumer);
    }

    synchronized List<StoredDelivery> deliveries(String consumer, long after, int max) {
        return deliveries.of(consumer, after, max, nowMs());
    }

    synchronized List<String> consumers() {
        return List.copyOf(consumers);
    }

    /** Notes whose keys begin so lie together. */
    synchronized Map<String, byte[]> notes(String prefix) {
        Map<String, byte[]> found = new TreeMap<>();
        for (Map.Entry<String, byte[]> note : notes.tailMap(prefix).entrySet()) {
            if (!note.getKey().startsWith(prefix)) {
                break;
            }
            found.put(note.getKey(), note.getValue());
        }
        return found;
    }

    /** Entries and bytes by name. */
    synchronized void addCounters(Map<String, Long> counters) {
        counters.put("packets", (long) packets.size());
        counters.put("packets.bytes", packetBytes);
        counters.put("consumers", (long) consumers.size());
        counters.put("deliveries", deliveries.entries());
        counters.put("deliveries.bytes", deliveries.bytes());
        counters.put("failing", 0L);
    }
}

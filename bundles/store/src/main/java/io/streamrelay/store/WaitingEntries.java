// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is safe in the log and waits for the database, in its order. */
final class WaitingEntries {

    private final List<LoggedEntry> entries = new ArrayList<>();
    private final Set<Long> packets = new HashSet<>();
    private int changes;
    private long bytes;
    private long sinceNanos;

    void add(LoggedEntry entry, long nowNanos) {
        if (entries.isEmpty()) {
            sinceNanos = nowNanos;
        }
        entries.add(entry);
        changes += entry.changes();
        bytes += LogEntry.bytes(entry.entry().changes());
        entry.entry().packets().forEach(packet -> packets.add(packet.key()));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether a packet is put by one of them. */
    boolean puts(long key) {
        return packets.contains(key);
    }

    /** How many changes wait. */
    int changes() {
        return changes;
    }

    /** How many bytes they keep. */
    long bytes() {
        return bytes;
    }

    /** Since when the oldest has waited; as of the time when there was none, while some of them go. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Makes of the database's notes with a prefix those that there will be. */
    void addNotes(String prefix, Map<String, byte[]> notes) {
        for (LoggedEntry entry : entries) {
            for (StoreChange change : entry.entry().changes()) {
                if (change instanceof StoreChange.PutNote put && put.key().startsWith(prefix)) {
                    notes.put(put.key(), put.value());
                } else if (change instanceof StoreChange.RemoveNote remove) {
                    notes.remove(remove.key());
                }
            }
        }
    }

    /** As many of the first as the database takes at once. */
    List<LoggedEntry> first() {
        return List.copyOf(entries.subList(0, Application.first(entries)));
    }

    /** These do not wait any longer. */
    void remove(List<LoggedEntry> first) {
        for (LoggedEntry entry : first) {
            changes -= entry.changes();
            bytes -= LogEntry.bytes(entry.entry().changes());
        }
        entries.subList(0, first.size()).clear();
        if (entries.isEmpty()) {
            packets.clear();
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a client library has to remember of its publications of QoS 2, on disk: it goes on with them over another
 * connection, also of a later client, or the broker would take new messages for these. Each keeps the name that whoever
 * published it knows it by, so that it is not published a second time. Thread-safe.
 */
final class Dispatches {

    /** How Paho's keys of publications begin; their packet identifiers follow. */
    static final String SENT = "s-";

    /** How its keys of PUBRELs begin, which follow the PUBREC of a publication. */
    private static final String RELEASED = "sc-";

    /** How the keys of publications begin that the broker has; numbers follow, in the order in which it got them. */
    private static final String DONE = "done-";

    /**
     * How many of these are remembered, by their names alone. Who waits for a message to come back from the broker may ask
     * for it again after each of many short lives, while others pass. Our own choice: 100 seconds of 100 messages.
     */
    private static final int DONE_MAX = 10_000;

    /**
     * How many of these are not forgotten for others as long as whoever published them waits for something. Our own choice:
     * several times of what the mesh hands over at once.
     */
    private static final int AWAITED_MAX = DONE_MAX / 4;

    private static final byte[] NO_PACKET = {};

    private record Entry(String name, byte[] packet) {}

    private final DispatchTable table;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** The keys of what the broker has, by their names. */
    private final Map<String, String> done = new LinkedHashMap<>();
    /** The names that this process has published, or asked for, and may ask for again after a crash. */
    private final Set<String> awaited = new LinkedHashSet<>();

    private long doneNumber;
    private String beginning = "";
    private boolean loaded;

    Dispatches(DispatchTable table) {
        this.table = table;
    }

    /** Reads what an earlier process has left; does nothing the next time. */
    synchronized void load() throws IOException {
        if (loaded) {
            return;
        }
        NavigableMap<Long, String> earlier = new TreeMap<>();
        for (DispatchTable.Row row : table.load()) {
            if (row.key().startsWith(DONE)) {
                earlier.put(Long.parseLong(row.key().substring(DONE.length())), row.name());
            } else {
                entries.put(row.key(), new Entry(row.name(), row.packet()));
            }
        }
        earlier.forEach((number, name) -> remember(name, DONE + number));
        doneNumber = earlier.isEmpty() ? 0 : earlier.lastKey();
        loaded = true;
    }

    /** What is kept next, until {@link #begun}, is called so; empty for what has no name. */
    synchronized void begin(String name) {
        beginning = name;
    }

    synchronized void begun() {
        beginning = "";
    }

    /**
     * Keeps a packet, which must not be sent before all that was kept until then is on disk.
     *
     * @throws IOException when it cannot be kept, so that it must not be sent at all
     */
    synchronized void keep(String key, byte[] packet) throws IOException {
        if (key.startsWith(SENT)) {
            // Paho's MQTT 5 client says PUBREL also to a PUBREC that it does not expect, and keeps that for ever.
            forget(released(key));
        }
        table.put(new DispatchTable.Row(key, beginning, packet));
        entries.put(key, new Entry(beginning, packet));
        if (!beginning.isEmpty()) {
            awaits(beginning);
        }
    }

    /**
     * The client library needs a packet no more: the exchange is over, or has not begun. The library keeps a publication
     * before it finds out that the connection is going, and then takes it back; the broker has never seen that one.
     */
    synchronized void forget(String key) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            return;
        }
        // A PUBREL is kept for longer than its publication, and the broker says PUBCOMP to nothing else.
        boolean isDone = key.startsWith(SENT) && !entry.name.isEmpty() && entries.containsKey(released(key));
        if (isDone) {
            // Whoever has published it may be cut off before it has noted that the broker has it.
            String doneKey = DONE + ++doneNumber;
            table.replace(key, new DispatchTable.Row(doneKey, entry.name, NO_PACKET));
            remember(entry.name, doneKey);
        } else {
            table.remove(key);
        }
    }

    private void remember(String name, String key) {
        forgetDone(done.remove(name));
        done.put(name, key);
        while (done.size() > DONE_MAX) {
            String oldest = done.keySet().iterator().next();
            if (awaited.contains(oldest)) {
                renew(oldest);
            } else {
                forgetDone(done.remove(oldest));
            }
        }
    }

    /** It is remembered for as long again as one that the broker has got just now. */
    private void renew(String name) {
        String key = DONE + ++doneNumber;
        table.replace(done.remove(name), new DispatchTable.Row(key, name, NO_PACKET));
        done.put(name, key);
    }

    private void awaits(String name) {
        awaited.add(name);
        if (awaited.size() > AWAITED_MAX) {
            Iterator<String> oldest = awaited.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whoever published it waits for nothing any more; after a crash it may not remember that, and ask once more. */
    synchronized void settled(String name) {
        awaited.remove(name);
    }

    private void forgetDone(String key) {
        if (key != null) {
            table.remove(key);
        }
    }

    /** The key of a publication's PUBREL. */
    private static String released(String sent) {
        return RELEASED + sent.substring(SENT.length());
    }

    /** The packet, or null. */
    synchronized byte[] packet(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.packet;
    }

    synchronized List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** What a packet was called; empty when it has no name or is not kept. */
    synchronized String name(String key) {
        Entry entry = entries.get(key);
        return entry == null ? "" : entry.name;
    }

    /** Whether the broker has it already. It is then not forgotten until it is {@link #settled}. */
    synchronized boolean isDone(String name) {
        String key = done.get(name);
        if (key == null) {
            return false;
        }
        awaits(name);
        if (!key.equals(DONE + doneNumber)) {
            renew(name);
        }
        return true;
    }
}

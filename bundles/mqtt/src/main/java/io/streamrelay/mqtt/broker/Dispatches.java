// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client library has to remember of its publications of QoS 2, on disk: it goes on with them over another
 * connection, also of a later client, or the broker would take new messages for these. Each keeps the name that whoever
 * published it knows it by, so that it is not published a second time. Thread-safe.
 */
final class Dispatches {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatches.class);

    /** How Paho's keys of publications begin; their packet identifiers follow. */
    static final String SENT = "s-";

    /** How its keys of PUBRELs begin, which follow the PUBREC of a publication. */
    private static final String RELEASED = "sc-";

    /** How the files of publications begin that the broker has; numbers follow, in the order in which it got them. */
    private static final String DONE = "done-";

    /** How many of these are remembered: some more than may be on their way. */
    private static final int DONE_MAX = 1000;

    /** And in how many bytes, for their files are those of the publications. Our own choice. */
    private static final long DONE_BYTES_MAX = 16L << 20;

    private record Entry(String name, byte[] packet) {}

    private record Done(String file, long bytes) {}

    private final OwnerFiles files;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Done> done = new LinkedHashMap<>();
    private long doneBytes;
    private long doneNumber;
    private String beginning = "";
    private boolean loaded;

    Dispatches(Path folder) {
        this.files = new OwnerFiles(folder);
    }

    /** Reads what an earlier process has left; does nothing the next time. */
    synchronized void load() throws IOException {
        if (loaded) {
            return;
        }
        NavigableMap<Long, Entry> earlier = new TreeMap<>();
        for (String key : files.open()) {
            byte[] content = files.read(key);
            try {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
                Entry entry = new Entry(in.readUTF(), in.readAllBytes());
                if (key.startsWith(DONE)) {
                    earlier.put(Long.parseLong(key.substring(DONE.length())), entry);
                } else {
                    entries.put(key, entry);
                }
            } catch (IOException | NumberFormatException e) {
                LOG.error("A publication of QoS 2 is damaged, its file {} is set aside: {}", key, e.toString());
                files.setAside(key);
            }
        }
        earlier.forEach((number, entry) -> remember(entry, DONE + number));
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

    /** @throws IOException when it cannot be kept, so that it must not be sent */
    synchronized void keep(String key, byte[] packet) throws IOException {
        if (key.startsWith(SENT)) {
            // Paho's MQTT 5 client says PUBREL also to a PUBREC that it does not expect, and keeps that for ever.
            forget(released(key));
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        out.writeUTF(beginning);
        out.write(packet);
        files.write(key, content.toByteArray());
        entries.put(key, new Entry(beginning, packet));
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
        try {
            if (isDone) {
                // Whoever has published it may be cut off before it has noted that the broker has it.
                String file = DONE + ++doneNumber;
                files.rename(key, file);
                remember(entry, file);
            } else {
                files.delete(key);
            }
        } catch (IOException e) {
            LOG.warn("A message of QoS 2 may be published again after a restart: {}", e.toString());
        }
    }

    private void remember(Entry entry, String file) {
        forgetDone(done.remove(entry.name));
        done.put(entry.name, new Done(file, entry.packet.length));
        doneBytes += entry.packet.length;
        Iterator<Done> oldest = done.values().iterator();
        while (done.size() > DONE_MAX || doneBytes > DONE_BYTES_MAX && done.size() > 1) {
            Done gone = oldest.next();
            oldest.remove();
            forgetDone(gone);
        }
    }

    private void forgetDone(Done gone) {
        if (gone == null) {
            return;
        }
        doneBytes -= gone.bytes;
        try {
            files.delete(gone.file);
        } catch (IOException e) {
            LOG.debug("A file of a publication that is done stays for now: {}", e.toString());
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

    /** Whether the broker has it already. */
    synchronized boolean isDone(String name) {
        return done.containsKey(name);
    }
}

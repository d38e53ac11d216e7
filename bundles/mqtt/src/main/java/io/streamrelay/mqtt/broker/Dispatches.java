// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** How many publications are remembered that the broker has: some more than may be on their way. */
    private static final int DONE_MAX = 1000;

    private record Entry(String name, byte[] packet) {}

    private final OwnerFiles files;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Boolean> done = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > DONE_MAX;
        }
    };
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
        for (String key : files.open()) {
            byte[] content = files.read(key);
            try {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
                entries.put(key, new Entry(in.readUTF(), in.readAllBytes()));
            } catch (IOException e) {
                LOG.error("A publication of QoS 2 is damaged, its file {} is set aside: {}", key, e.toString());
                files.setAside(key);
            }
        }
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
        if (key.startsWith(SENT) && !entry.name.isEmpty() && entries.containsKey(released(key))) {
            // A PUBREL is kept for longer than its publication, and the broker says PUBCOMP to nothing else.
            done.put(entry.name, true);
        }
        try {
            files.delete(key);
        } catch (IOException e) {
            LOG.warn("A message of QoS 2 may be published again after a restart: {}", e.toString());
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

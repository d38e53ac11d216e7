// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.util.HashMap;
import java.util.Map;

/** In which segment of the log each packet of the database is, and how many bytes of packets each segment holds still. */
final class PacketHomes {

    /** So that a packet of nothing is one, too. */
    private static final long OVERHEAD_BYTES = 1;

    private final PacketIndex segments = new PacketIndex();
    private final Map<Integer, Long> held = new HashMap<>();
    private long bytes;

    /** The segment of a packet; 0 when it is in none. */
    int find(long key) {
        return (int) segments.find(key);
    }

    void put(long key, int segment, long size) {
        segments.put(key, segment);
        change(segment, size + OVERHEAD_BYTES);
    }

    /** @return the segment that it was in, 0 when it was in none */
    int remove(long key, long size) {
        int segment = find(key);
        if (segment != 0) {
            segments.remove(key);
            change(segment, -size - OVERHEAD_BYTES);
        }
        return segment;
    }

    private void change(int segment, long difference) {
        bytes += difference;
        long now = held.getOrDefault(segment, 0L) + difference;
        if (now == 0) {
            held.remove(segment);
        } else {
            held.put(segment, now);
        }
    }

    /** How many bytes of packets a segment holds; 0 when it can go. */
    long heldBytes(int segment) {
        return held.getOrDefault(segment, 0L);
    }

    /** In all segments together. */
    long bytes() {
        return bytes;
    }
}

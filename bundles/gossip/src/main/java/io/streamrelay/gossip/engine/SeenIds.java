// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/**
 * Packet ids that were seen, remembered longer than their packets: reference peers offer expired packets for ever
 * (protocol-v6 D2). Two generations of a fixed size; when the younger is full the older is forgotten. Verified ids
 * are SHA-256 digests, so their first eight bytes stand for them.
 */
final class SeenIds {

    /** Tables begin small: most nodes see few packets, and a simulator runs hundreds of nodes. */
    private static final int SLOTS_FIRST = 64;

    /** The first six of eight bytes. */
    private static final int START_SHIFT = 2 * Byte.SIZE;

    private final int capacity;
    private long[] young;
    private long[] old;
    private int youngCount;
    /** Of the id that is looked at. */
    private final byte[] bytes = new byte[Id.BYTES];

    SeenIds(int capacity) {
        this.capacity = capacity;
        this.young = new long[SLOTS_FIRST];
        this.old = new long[SLOTS_FIRST];
    }

    /** Whether an id was seen that begins with these six bytes, as a number. */
    boolean containsStart(long start) {
        return holdsStart(young, start) || holdsStart(old, start);
    }

    /** What begins alike lies together: a search begins where these bytes lead to. */
    private static boolean holdsStart(long[] table, long start) {
        int mask = table.length - 1;
        for (int slot = (int) start & mask; table[slot] != 0; slot = slot + 1 & mask) {
            if (table[slot] >>> START_SHIFT == start) {
                return true;
            }
        }
        return false;
    }

    boolean contains(Id id) {
        long key = key(id);
        return find(young, key) >= 0 || find(old, key) >= 0;
    }

    /** @return false when it was there already */
    boolean add(Id id) {
        return addKey(key(id));
    }

    /** The same for the first eight bytes of an id, big-endian, which is what a store remembers. */
    boolean addKey(long firstBytes) {
        long key = firstBytes == 0 ? 1 : firstBytes;
        if (find(young, key) >= 0 || find(old, key) >= 0) {
            return false;
        }
        if (youngCount == capacity) {
            old = young;
            young = new long[SLOTS_FIRST];
            youngCount = 0;
        } else if (2 * youngCount >= young.length) {
            young = grown(young);
        }
        young[-find(young, key) - 1] = key;
        youngCount++;
        return true;
    }

    /** Whether it was there. */
    boolean remove(Id id) {
        long key = key(id);
        boolean inYoung = remove(young, key);
        youngCount -= inYoung ? 1 : 0;
        return inYoung || remove(old, key);
    }

    /** What was put behind the key, because its own slot was taken, moves up: a search ends at an empty slot. */
    private static boolean remove(long[] table, long key) {
        int gap = find(table, key);
        if (gap < 0) {
            return false;
        }
        int mask = table.length - 1;
        for (int slot = gap + 1 & mask; table[slot] != 0; slot = slot + 1 & mask) {
            int distance = slot - home(table[slot]) & mask;
            if (distance >= (slot - gap & mask)) {
                table[gap] = table[slot];
                gap = slot;
            }
        }
        table[gap] = 0;
        return true;
    }

    /** At most half of a table is used, so that what is sought is found after a few steps. */
    private static long[] grown(long[] table) {
        long[] larger = new long[2 * table.length];
        for (long key : table) {
            if (key != 0) {
                larger[-find(larger, key) - 1] = key;
            }
        }
        return larger;
    }

    /** The slot of the key, or -(free slot) - 1. */
    private static int find(long[] table, long key) {
        int mask = table.length - 1;
        int slot = home(key) & mask;
        while (table[slot] != 0) {
            if (table[slot] == key) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return -slot - 1;
    }

    private static int home(long key) {
        return (int) (key >>> START_SHIFT);
    }

    private long key(Id id) {
        id.copyTo(bytes, 0);
        long key = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            key = key << 8 | bytes[i] & 0xff;
        }
        return key == 0 ? 1 : key;
    }
}

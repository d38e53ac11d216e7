// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

/**
 * Where each packet lies: the first eight bytes of its id to its row. An index on disk would write a random page for
 * each packet; this one costs 32 bytes of memory. A hash table with open addressing; not thread-safe.
 */
final class PacketIndex {

    private static final int SLOTS_FIRST = 64;

    /** 2^64 over the golden ratio: keys that follow each other do not lie together (Knuth, TAOCP 6.4). */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    /** Rows count from 1, so 0 is a free slot. */
    private static final long FREE = 0;

    private long[] keys = new long[SLOTS_FIRST];
    private long[] rows = new long[SLOTS_FIRST];
    private int size;

    /** The key's row; 0 when there is none. */
    long find(long key) {
        return rows[slotOf(key)];
    }

    /** @return false when the key was there already; its row stays */
    boolean putIfAbsent(long key, long row) {
        int slot = slotOf(key);
        if (rows[slot] != FREE) {
            return false;
        }
        keys[slot] = key;
        rows[slot] = row;
        size++;
        // At most half is used, so that what is sought is found after a few steps.
        if (2 * size > rows.length) {
            grow();
        }
        return true;
    }

    /** Puts the key at a row, wherever it was. */
    void put(long key, long row) {
        remove(key);
        putIfAbsent(key, row);
    }

    void remove(long key) {
        int slot = slotOf(key);
        if (rows[slot] == FREE) {
            return;
        }
        rows[slot] = FREE;
        size--;
        closeGap(slot);
    }

    int size() {
        return size;
    }

    /** Moves back what was only placed behind the gap because the gap was taken. */
    private void closeGap(int gap) {
        int free = gap;
        for (int slot = next(gap); rows[slot] != FREE; slot = next(slot)) {
            int home = home(keys[slot]);
            if (distance(home, slot) >= distance(free, slot)) {
                keys[free] = keys[slot];
                rows[free] = rows[slot];
                rows[slot] = FREE;
                free = slot;
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldRows = rows;
        keys = new long[2 * oldKeys.length];
        rows = new long[2 * oldRows.length];
        for (int i = 0; i < oldRows.length; i++) {
            if (oldRows[i] != FREE) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                rows[slot] = oldRows[i];
            }
        }
    }

    /** The key's slot, or the one where it would go. */
    private int slotOf(long key) {
        int slot = home(key);
        while (rows[slot] != FREE && keys[slot] != key) {
            slot = next(slot);
        }
        return slot;
    }

    private int home(long key) {
        return (int) (key * SPREAD >>> Integer.SIZE) & rows.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & rows.length - 1;
    }

    private int distance(int from, int to) {
        return to - from & rows.length - 1;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A map that lets go of the entry that was not used for the longest time when there are too many. */
final class BoundedMap<K, V> {

    private final Map<K, V> entries;

    BoundedMap(int entriesMax) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > entriesMax;
            }
        };
    }

    /** Null when there is none; looking it up is a use. */
    V get(K key) {
        return entries.get(key);
    }

    V getOrDefault(K key, V absent) {
        return entries.getOrDefault(key, absent);
    }

    void put(K key, V value) {
        entries.put(key, value);
    }

    void remove(K key) {
        entries.remove(key);
    }

    /** In the order of their last uses, the latest last; looking at them is none. */
    Set<Map.Entry<K, V>> entries() {
        return entries.entrySet();
    }

    int size() {
        return entries.size();
    }
}

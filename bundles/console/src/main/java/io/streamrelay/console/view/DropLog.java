// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

import io.streamrelay.api.Drop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was dropped lately, by reason and place: a flood from one place is one line. Thread-safe. */
final class DropLog {

    /** A guess: more than a person reads. */
    static final int ENTRIES_MAX = 64;

    private record Key(String reason, String from) {}

    private final Map<Key, DropView> entries = new LinkedHashMap<>();

    synchronized void add(Drop drop, long wallMs) {
        Key key = new Key(drop.reason(), drop.from().map(Object::toString).orElse(null));
        DropView before = entries.remove(key);
        long count = before == null ? 1 : before.count() + 1;
        entries.put(key, new DropView(key.reason(), key.from(), count, wallMs));
        if (entries.size() > ENTRIES_MAX) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** The latest first. */
    synchronized List<DropView> entries() {
        List<DropView> copy = new ArrayList<>(entries.values());
        Collections.reverse(copy);
        return copy;
    }
}

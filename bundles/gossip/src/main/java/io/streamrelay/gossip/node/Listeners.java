// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Listeners in the order in which they came. One that is added twice is called twice. Thread-safe. */
final class Listeners<T> {

    private record Entry<T>(Consumer<? super T> listener) {
        // Two registrations of one listener are two: each ends alone.
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

    Registration add(Consumer<? super T> listener) {
        Entry<T> entry = new Entry<>(listener);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void forEach(Consumer<Consumer<? super T>> action) {
        entries.forEach(entry -> action.accept(entry.listener()));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a writer's changes go. Called by one thread, but for the counters. */
interface Ledger {

    /** The least time between the beginnings of two groups, in nanoseconds. */
    long groupNanos();

    /**
     * Commits a group, each of its commits all or none, in order.
     *
     * @return for each commit what keeps it from being safe; empty where nothing does
     */
    List<Optional<Exception>> commit(List<List<StoreChange>> group);

    /** How long until {@link #attend} has something to do, in nanoseconds. */
    long waitNanos();

    /** Does what has to be done now and then; called at any time. */
    void attend();

    /** Entries and bytes held, by name. Thread-safe. */
    void addCounters(Map<String, Long> counters);

    void close();
}

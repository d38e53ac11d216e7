// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes changes in memory, at once. */
final class MemoryLedger implements Ledger {

    private final MemoryTables tables;

    MemoryLedger(MemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public long groupNanos() {
        return 0;
    }

    @Override
    public List<Optional<Exception>> commit(List<List<StoreChange>> group) {
        List<Optional<Exception>> failures = new ArrayList<>();
        group.forEach(changes -> failures.add(apply(changes)));
        return failures;
    }

    private Optional<Exception> apply(List<StoreChange> changes) {
        try {
            tables.apply(changes);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    @Override
    public long waitNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void attend() {
        // Memory needs no care.
    }

    @Override
    public void addCounters(Map<String, Long> counters) {
        tables.addCounters(counters);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}

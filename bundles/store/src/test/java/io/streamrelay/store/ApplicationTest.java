// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.RemoveNote;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    private static final StoreChange BAD = new RemoveNote("bad");
    private static final SQLException CONSTRAINT = new SQLException("constraint failed", null, 19);
    private static final SQLException FULL = new SQLException("database or disk is full", null, 13);

    private final List<String> told = new ArrayList<>();
    private boolean full;
    private final Application application = new Application(this::apply);

    private void apply(List<LoggedEntry> entries, LogPosition upTo) throws SQLException {
        List<StoreChange> changes = entries.stream()
                .flatMap(entry -> entry.entry().changes().stream())
                .toList();
        if (full) {
            throw FULL;
        }
        if (changes.contains(BAD)) {
            throw CONSTRAINT;
        }
        String keys = String.join(
                "", changes.stream().map(change -> ((RemoveNote) change).key()).toList());
        told.add(keys + "@" + (upTo == null ? "" : upTo.block()));
    }

    private static LoggedEntry entry(int block, String... keys) {
        List<StoreChange> changes = new ArrayList<>();
        for (String key : keys) {
            changes.add(new RemoveNote(key));
        }
        return new LoggedEntry(LogEntry.of(new NodeClock.Reading(0, 0), changes), new LogPosition(1, block));
    }

    @Test
    void tellsManyEntriesAtOnce() throws SQLException {
        application.apply(List.of(entry(1, "a", "b"), entry(2, "c")));

        assertEquals(List.of("abc@2"), told);
    }

    /** Who is cut off in between begins with the whole entry again. */
    @Test
    void leavesOutARefusedChangeAloneAndIsBeyondItsEntryOnlyWhenAllElseIsTold() throws Exception {
        LoggedText.of(() -> application.apply(List.of(entry(1, "a"), entry(2, "b", "bad", "c"), entry(3, "d"))));

        assertEquals(List.of("a@1", "b@", "c@", "@2", "d@3"), told);
    }

    @Test
    void isNotBeyondWhatCouldNotBeWritten() {
        full = true;
        assertThrows(SQLException.class, () -> application.apply(List.of(entry(1, "a"))));

        assertEquals(List.of(), told);
    }

    @Test
    void takesAsManyEntriesAsHaveAThousandChanges() {
        List<LoggedEntry> entries = new ArrayList<>();
        String[] keys = new String[300];
        Arrays.fill(keys, "k");
        for (int i = 1; i <= 10; i++) {
            entries.add(entry(i, keys));
        }
        assertEquals(4, Application.first(entries));
        assertEquals(1, Application.first(entries.subList(0, 1)));
    }
}

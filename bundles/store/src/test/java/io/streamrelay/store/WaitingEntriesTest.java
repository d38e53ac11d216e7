// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoreChange.PutNote;
import io.streamrelay.api.store.StoreChange.PutPacket;
import io.streamrelay.api.store.StoreChange.RemoveNote;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WaitingEntriesTest {

    private final WaitingEntries waiting = new WaitingEntries();
    private int block;

    private void add(long nowNanos, StoreChange... changes) {
        LogEntry entry = LogEntry.of(new NodeClock.Reading(0, 0), List.of(changes));
        waiting.add(new LoggedEntry(entry, new LogPosition(1, ++block)), nowNanos);
    }

    @Test
    void countsWhatWaitsAndSinceWhen() {
        add(5, new PutPacket(Samples.packet(1)), new RemoveNote("k"));
        add(9, new PutNote("k", new byte[20]));

        assertEquals(3, waiting.changes());
        assertEquals(120, waiting.bytes());
        assertEquals(5, waiting.sinceNanos());
        assertTrue(waiting.puts(Samples.key(1)));

        waiting.remove(waiting.first());
        assertTrue(waiting.isEmpty());
        assertEquals(0, waiting.changes() + waiting.bytes());
        assertFalse(waiting.puts(Samples.key(1)));
    }

    @Test
    void knowsWhichNotesThereWillBe() {
        add(0, new PutNote("a/1", new byte[] {1}), new PutNote("b/1", new byte[] {2}), new RemoveNote("a/0"));
        add(0, new PutNote("a/2", new byte[] {3}), new RemoveNote("a/1"), new PutNote("a/3", new byte[] {4}));
        Map<String, byte[]> notes = new TreeMap<>(Map.of("a/0", new byte[0], "a/3", new byte[] {0}));
        waiting.addNotes("a/", notes);

        assertEquals(Set.of("a/2", "a/3"), notes.keySet());
        assertEquals(4, notes.get("a/3")[0]);
    }
}

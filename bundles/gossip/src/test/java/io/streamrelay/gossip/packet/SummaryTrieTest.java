// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SummaryTrieTest {

    /** As many as the reference's cache holds. */
    private static final int FULL = 6604;

    private final Random random = new Random(42);
    private final SummaryTrie trie = new SummaryTrie();

    @Test
    void isASet() {
        Id id = randomId();
        assertTrue(trie.insert(id));
        assertFalse(trie.insert(id));
        assertTrue(trie.contains(id));
        assertEquals(1, trie.size());
        assertTrue(trie.remove(id));
        assertFalse(trie.remove(id));
        assertFalse(trie.contains(id));
        assertEquals(0, trie.size());
    }

    @Test
    void hashesAsIfMadeAnewAfterEachChange() {
        List<Id> held = new ArrayList<>();
        for (int round = 0; round < 300; round++) {
            if (held.isEmpty() || random.nextInt(3) > 0) {
                held.add(randomId());
                trie.insert(held.get(held.size() - 1));
            } else {
                trie.remove(held.remove(random.nextInt(held.size())));
            }
            SummaryTrie anew = new SummaryTrie();
            held.forEach(anew::insert);
            assertArrayEquals(anew.hash(), trie.hash(), "round " + round);
            for (String prefix : List.of("0", "a5", "7f3", "c0de")) {
                assertArrayEquals(
                        anew.summary(prefix).encode(), trie.summary(prefix).encode(), prefix);
            }
        }
    }

    /** A full one, in which digests are made from half-way. */
    @Test
    void hashesAFullSetAsItIsDefined() {
        fill();
        for (int round = 0; round < 60; round++) {
            trie.remove(trie.ids("").get(random.nextInt(trie.size())));
            trie.insert(randomId());
            byte[][] buckets = trie.summary("").buckets();
            for (int digit = 0; digit < Summary.BUCKETS; digit++) {
                byte[] text = trie.ids(Integer.toHexString(digit)).stream()
                        .map(Id::hex)
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.US_ASCII);
                assertArrayEquals(Digests.sha1().digest(text), buckets[digit], "digit " + digit);
            }
        }
    }

    @Test
    void isEmptyAgainWhenAllAreGone() {
        fill();
        trie.hash();
        trie.ids("").forEach(trie::remove);
        assertEquals(0, trie.size());
        assertEquals(List.of(), trie.ids(""));
        assertArrayEquals(Summary.nothing().encode(), trie.summary("").encode());
        assertArrayEquals(new byte[Summary.BUCKETS][], trie.summary("a").buckets());
    }

    @Test
    void hashesOnlyTheDirtyPathAgain() {
        fill();
        byte[][] root = trie.summary("").buckets();
        byte[][] level1 = trie.summary("5").buckets();
        byte[][] level2 = trie.summary("5a").buckets();
        trie.insert(Id.ofHex("5a7" + "0".repeat(61)));
        assertOnlyStale(5, root, trie.summary("").buckets());
        assertOnlyStale(10, level1, trie.summary("5").buckets());
        assertOnlyStale(7, level2, trie.summary("5a").buckets());
    }

    @Test
    void hashesNothingAgainWithoutAChange() {
        fill();
        byte[][] before = trie.summary("").buckets();
        trie.insert(trie.ids("").get(0));
        trie.remove(Samples.id(0xee));
        assertOnlyStale(-1, before, trie.summary("").buckets());
    }

    @Test
    void listsTheIdsBelowAPrefixSorted() {
        fill();
        List<Id> all = trie.ids("");
        assertEquals(List.copyOf(new TreeSet<>(all)), all);
        assertEquals(FULL, all.size());
        for (String prefix : List.of("0", "f", "00", "ff", "a5", "123")) {
            assertEquals(all.stream().filter(id -> id.hex().startsWith(prefix)).toList(), trie.ids(prefix), prefix);
        }
        assertEquals(List.of(all.get(9)), trie.ids(all.get(9).hex()));
    }

    @Test
    void summarisesDownToTheLastDigit() {
        Id id = Id.ofHex("0".repeat(63) + "7");
        trie.insert(id);
        Summary summary = trie.summary("0".repeat(63));
        assertArrayEquals(Digests.sha1().digest(Samples.ascii(id.hex())), summary.buckets()[7]);
    }

    @Test
    void refusesPrefixesThatNothingCanFollow() {
        assertThrows(IllegalArgumentException.class, () -> trie.summary("0".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> trie.summary("x"));
    }

    private static void assertOnlyStale(int stale, byte[][] before, byte[][] after) {
        for (int digit = 0; digit < Summary.BUCKETS; digit++) {
            if (digit == stale) {
                assertNotSame(before[digit], after[digit], "digit " + digit);
            } else {
                assertSame(before[digit], after[digit], "digit " + digit);
            }
        }
    }

    private void fill() {
        while (trie.size() < FULL) {
            trie.insert(randomId());
        }
    }

    private Id randomId() {
        byte[] bytes = new byte[Id.BYTES];
        random.nextBytes(bytes);
        return Id.of(bytes);
    }
}

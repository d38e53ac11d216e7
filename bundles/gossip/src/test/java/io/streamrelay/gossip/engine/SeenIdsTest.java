// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

    private static final int CAPACITY = 64;

    private final Random random = new Random(7);
    private final SeenIds seen = new SeenIds(CAPACITY);

    private Id fresh() {
        byte[] bytes = new byte[Id.BYTES];
        random.nextBytes(bytes);
        return Id.of(bytes);
    }

    @Test
    void knowsWhatWasAdded() {
        Id id = fresh();
        assertTrue(seen.add(id));
        assertFalse(seen.add(id));
        assertTrue(seen.contains(id));
        assertFalse(seen.contains(fresh()));
    }

    @Test
    void knowsAnIdByItsFirstSixBytes() {
        List<Id> ids = new ArrayList<>();
        for (int i = 0; i < CAPACITY + CAPACITY / 2; i++) {
            ids.add(fresh());
            seen.add(ids.get(i));
        }
        assertTrue(ids.stream().allMatch(id -> seen.containsStart(start(id))));
        seen.remove(ids.get(0));
        assertFalse(seen.containsStart(start(ids.get(0))));
        assertFalse(seen.containsStart(start(fresh())));
        assertFalse(seen.containsStart(-1));
    }

    private static long start(Id id) {
        return Long.parseLong(id.hex().substring(0, 12), 16);
    }

    @Test
    void knowsTheIdOfAllZeroes() {
        Id zero = Id.of(new byte[Id.BYTES]);
        assertFalse(seen.contains(zero));
        assertTrue(seen.add(zero));
        assertTrue(seen.contains(zero));
    }

    @Test
    void remembersAtLeastItsCapacityAndForgetsWhatIsTwiceAsOld() {
        List<Id> ids = new ArrayList<>();
        for (int i = 0; i < 10 * CAPACITY; i++) {
            Id id = fresh();
            ids.add(id);
            assertTrue(seen.add(id));
            int oldestRemembered = Math.max(0, ids.size() - CAPACITY);
            assertTrue(ids.subList(oldestRemembered, ids.size()).stream().allMatch(seen::contains));
        }
        int surelyForgotten = ids.size() - 2 * CAPACITY - 1;
        assertTrue(ids.subList(0, surelyForgotten).stream().noneMatch(seen::contains));
    }

    @Test
    void forgetsWhatIsRemovedAndNothingElse() {
        List<Id> ids = new ArrayList<>();
        for (int i = 0; i < 2 * CAPACITY; i++) {
            ids.add(fresh());
            seen.add(ids.get(i));
        }
        Collections.shuffle(ids, random);
        while (!ids.isEmpty()) {
            Id removed = ids.remove(0);
            assertTrue(seen.remove(removed));
            assertFalse(seen.contains(removed));
            assertFalse(seen.remove(removed));
            assertTrue(ids.stream().allMatch(seen::contains));
        }
        for (int i = 0; i < CAPACITY; i++) {
            ids.add(fresh());
            assertTrue(seen.add(ids.get(i)));
        }
        assertTrue(ids.stream().allMatch(seen::contains));
    }
}

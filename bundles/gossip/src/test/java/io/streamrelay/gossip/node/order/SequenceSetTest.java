// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceSetTest {

    @Test
    void agreesWithAPlainSetForRandomNumbers() {
        Random random = new Random(7);
        SequenceSet set = new SequenceSet(10_000);
        Set<Long> model = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long number = 1 + random.nextInt(5_000);
            assertEquals(model.add(number), set.add(number), "number " + number);
        }
    }

    @Test
    void needsOneIntervalForARunInAnyOrder() {
        SequenceSet set = new SequenceSet(10);
        for (long number : new long[] {3, 1, 5, 4, 2}) {
            assertTrue(set.add(number));
        }
        assertEquals(1, set.intervals());
    }

    @Test
    void forgetsTheShorterRunAndNeverClosesAGapWhenThereAreTooMany() {
        SequenceSet set = new SequenceSet(2);
        for (long number : new long[] {1, 2, 4, 6}) {
            assertTrue(set.add(number));
        }
        assertEquals(2, set.intervals());
        assertFalse(set.add(2), "the longer run");
        assertFalse(set.add(6), "a later run");
        assertTrue(set.add(3), "never seen");
        assertTrue(set.add(4), "forgotten");
    }
}

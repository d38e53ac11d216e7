// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PacketIndexTest {

    private final PacketIndex index = new PacketIndex();

    @Test
    void keepsTheFirstRowOfAKey() {
        index.putIfAbsent(0, 5);
        assertFalse(index.putIfAbsent(0, 6));

        assertEquals(5, index.find(0));
        assertEquals(0, index.find(1));
        assertEquals(1, index.size());
    }

    @Test
    void mindsNoKeyThatIsMissing() {
        index.putIfAbsent(1, 1);
        index.remove(2);

        assertEquals(1, index.size());
    }

    @Test
    void isLikeAMapWhateverIsDoneToIt() {
        SplittableRandom random = new SplittableRandom(1);
        Map<Long, Long> map = new HashMap<>();
        for (long row = 1; row <= 200_000; row++) {
            // Few keys and all near each other, so that they collide and come again.
            long key = random.nextInt(5_000) * (random.nextBoolean() ? 1L : 1L << 32);
            if (random.nextInt(3) > 0) {
                assertEquals(map.putIfAbsent(key, row) == null, index.putIfAbsent(key, row));
            } else {
                map.remove(key);
                index.remove(key);
            }
        }
        assertEquals(map.size(), index.size());
        map.forEach((key, row) -> assertEquals(row, index.find(key)));
    }
}

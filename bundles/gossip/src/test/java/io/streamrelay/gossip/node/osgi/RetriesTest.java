// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.config.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final Settings FIRST = new Settings(Map.of("port", "1"));
    private static final Settings SECOND = new Settings(Map.of("port", "2"));

    private final List<Settings> tried = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Long> pausesMs = new ArrayList<>();
    private boolean works;
    private final Retries retries = new Retries(
            settings -> {
                tried.add(settings);
                return works;
            },
            (attempt, pauseMs) -> {
                waiting.add(attempt);
                pausesMs.add(pauseMs);
            });

    @Test
    void whatWorksIsNotTriedAgain() {
        works = true;
        retries.apply(FIRST);
        assertEquals(List.of(FIRST), tried);
        assertEquals(0, waiting.size());
    }

    @Test
    void whatDoesNotWorkIsTriedEverMoreRarelyUntilItDoes() {
        retries.apply(FIRST);
        for (int times = 1; times < 9; times++) {
            waiting.remove().run();
        }
        assertEquals(List.of(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L, 60_000L), pausesMs);
        works = true;
        waiting.remove().run();
        assertEquals(10, tried.size());
        assertEquals(0, waiting.size());
    }

    @Test
    void otherSettingsTakeThePlaceOfThoseThatDoNotWork() {
        retries.apply(FIRST);
        retries.apply(SECOND);
        waiting.remove().run();
        assertEquals(List.of(FIRST, SECOND), tried);
        waiting.remove().run();
        assertEquals(List.of(FIRST, SECOND, SECOND), tried);
        assertEquals(1, waiting.size());
    }
}

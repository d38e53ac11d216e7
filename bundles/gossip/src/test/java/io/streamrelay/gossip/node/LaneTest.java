// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {

    @Test
    void keepsTheOrderOnSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Lane lane = new Lane(threads);
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            lane.execute(() -> done.add(number));
        }
        TestParts.await(lane);
        assertEquals(IntStream.range(0, 10_000).boxed().toList(), done);
        threads.shutdown();
    }

    @Test
    void goesOnAfterATaskThatFails() {
        List<String> done = new ArrayList<>();
        Lane lane = new Lane(Runnable::run);
        lane.execute(() -> {
            throw new IllegalStateException("a bug");
        });
        lane.execute(() -> done.add("next"));
        assertEquals(List.of("next"), done);
    }

    @Test
    void letsOtherLanesHaveTheirTurn() {
        Deque<Runnable> threads = new ArrayDeque<>();
        List<String> done = new ArrayList<>();
        Lane busy = new Lane(threads::add);
        Lane other = new Lane(threads::add);
        for (int i = 0; i < 100; i++) {
            busy.execute(() -> done.add("busy"));
        }
        other.execute(() -> done.add("other"));
        threads.poll().run();
        threads.poll().run();
        assertEquals("other", done.get(done.size() - 1));
    }

    @Test
    void goesOnAfterATaskThatEndsItsThread() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Lane lane = new Lane(threads);
        lane.execute(() -> {
            throw new StackOverflowError("an error");
        });
        TestParts.await(lane);
        threads.shutdown();
    }
}

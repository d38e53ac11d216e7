// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void leavesNoTaskOutThatComesAfterTheEnd() {
        Workers workers = new Workers("test");
        Lane lane = workers.lane();
        workers.close();
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            lane.execute(() -> done.add(number));
        }
        assertEquals(100, done.size());
    }

    @Test
    void endsWhatItDidNotGetToWhenOneTaskTakesLong() throws Exception {
        Workers workers = new Workers("test");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(200);
        Lane lane = workers.lane();
        lane.execute(() -> await(never));
        workers.lane().execute(() -> await(never));
        for (int i = 0; i < 100; i++) {
            lane.execute(later::countDown);
            workers.lane().execute(later::countDown);
        }
        workers.close();
        assertEquals(true, later.await(10, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The clock of a simulation and what is going to happen, in the order of (time, the order of asking). */
public final class VirtualTime {

    private record Task(long atMs, long sequence, Runnable action) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMs).thenComparingLong(Task::sequence));
    private long nowMs;
    private long sequence;

    /** Milliseconds since the simulation began. */
    public long nowMs() {
        return nowMs;
    }

    /**
     * Has {@code action} run when the clock shows {@code atMs}.
     *
     * @throws IllegalArgumentException when that time has passed
     */
    public void at(long atMs, Runnable action) {
        if (atMs < nowMs) {
            throw new IllegalArgumentException(atMs + " ms has passed, it is " + nowMs + " ms");
        }
        tasks.add(new Task(atMs, sequence++, action));
    }

    /** Has {@code action} run {@code delayMs} from now. */
    public void after(long delayMs, Runnable action) {
        at(nowMs + delayMs, action);
    }

    /** Runs all that is due until then, and what comes of it, and sets the clock to {@code untilMs}. */
    public void runUntil(long untilMs) {
        while (!tasks.isEmpty() && tasks.peek().atMs() <= untilMs) {
            Task task = tasks.poll();
            nowMs = task.atMs();
            task.action().run();
        }
        nowMs = Math.max(nowMs, untilMs);
    }
}

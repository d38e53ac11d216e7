// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Threads and wires of a test in virtual time. Each lane keeps its order; which lane goes next is drawn from a seed.
 * The clock moves when nothing is left to do at a moment.
 */
final class Simulation {

    private record Timer(long atMs, long number, Lane lane, Runnable task) {}

    final Random random;
    private final List<Lane> lanes = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            (a, b) -> a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.number, b.number));
    private long nowMs;
    private long numbers;

    Simulation(long seed) {
        random = new Random(seed);
    }

    /** Something that does one thing after the other. */
    final class Lane implements BridgeThread {

        private final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.addLast(task);
        }

        @Override
        public void schedule(long delayMs, Runnable task) {
            timers.add(new Timer(nowMs + delayMs, numbers++, this, task));
        }

        @Override
        public long nowMs() {
            return Simulation.this.nowMs;
        }

        /** What is on the wire is lost. */
        void clear() {
            tasks.clear();
        }
    }

    Lane lane() {
        Lane lane = new Lane();
        lanes.add(lane);
        return lane;
    }

    long nowMs() {
        return nowMs;
    }

    /** Goes on for so long. */
    void run(long forMs) {
        long untilMs = nowMs + forMs;
        while (true) {
            List<Lane> busy =
                    lanes.stream().filter(lane -> !lane.tasks.isEmpty()).toList();
            if (!busy.isEmpty()) {
                busy.get(random.nextInt(busy.size())).tasks.removeFirst().run();
            } else if (!timers.isEmpty() && timers.peek().atMs <= untilMs) {
                Timer next = timers.poll();
                nowMs = next.atMs;
                next.lane.execute(next.task);
            } else {
                nowMs = untilMs;
                return;
            }
        }
    }

    /** A few steps, in the middle of things. */
    void step(int steps) {
        for (int i = 0; i < steps; i++) {
            List<Lane> busy =
                    lanes.stream().filter(lane -> !lane.tasks.isEmpty()).toList();
            if (busy.isEmpty()) {
                return;
            }
            busy.get(random.nextInt(busy.size())).tasks.removeFirst().run();
        }
    }
}

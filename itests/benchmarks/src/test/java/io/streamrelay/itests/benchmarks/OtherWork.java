// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What the processors did for anybody but this process and those that it started and that have ended: from Linux. */
final class OtherWork {

    /** So much of a processor does no harm: a machine that does nothing else has a few kernel threads. */
    static final double CALM = 0.1;

    private static final double TICK_NS = 1e7;
    private static final long LOOK_MS = 2_000;

    private final long beganNs = System.nanoTime();
    private final long ticks;

    private OtherWork(long ticks) {
        this.ticks = ticks;
    }

    static OtherWork begin() throws IOException {
        return new OtherWork(foreignTicks());
    }

    /** How many processors others kept busy since. */
    double processors() throws IOException {
        return (foreignTicks() - ticks) * TICK_NS / (System.nanoTime() - beganNs);
    }

    /** Returns when nothing else is at work, or when it is later than this. */
    static void awaitCalm(long untilNs) throws IOException, InterruptedException {
        OtherWork other;
        do {
            other = begin();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        } while (other.processors() > CALM && System.nanoTime() - untilNs < 0);
    }

    private static long foreignTicks() throws IOException {
        return busy(Files.readString(Path.of("/proc/stat"))) - own(Files.readString(Path.of("/proc/self/stat")));
    }

    /** The first line: user, nice, system, idle, waiting, interrupts (two), stolen by other virtual machines, … */
    private static long busy(String stat) {
        long[] ticks = numbers(stat.substring("cpu".length(), stat.indexOf('\n')));
        return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7];
    }

    /** User and system, own and of children that have ended: the fields 14 to 17, of which two precede the bracket. */
    private static long own(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.trim().split(" +")).mapToLong(Long::parseLong).toArray();
    }
}

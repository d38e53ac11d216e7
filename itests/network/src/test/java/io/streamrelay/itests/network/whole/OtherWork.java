// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What the processors do while nothing of ours is at work; from Linux. */
final class OtherWork {

    private static final int LOOK_SECONDS = 3;
    private static final double TICKS_PER_SECOND = 100;

    private OtherWork() {}

    /** How many processors are busy, during some seconds from now. */
    static double processors() throws IOException, InterruptedException {
        long before = busyTicks();
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
        return (busyTicks() - before) / TICKS_PER_SECOND / LOOK_SECONDS;
    }

    /** The first line: cpu, user, nice, system, idle, waiting, interrupts (two), stolen by other virtual machines, ... */
    private static long busyTicks() throws IOException {
        String first = Files.readAllLines(Path.of("/proc/stat")).get(0);
        long[] ticks = Arrays.stream(first.split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7];
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import io.streamrelay.itests.network.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A process of a contender, as Linux sees it. */
record Part(String name, Host host, long pid) {

    /** USER_HZ, which is the same on all of Linux' usual machines. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int NAME_MAX = 15;
    private static final double BYTES_PER_KB = 1_024;
    private static final double BYTES_PER_MB = 1e6;
    private static final String RESIDENT = "VmRSS:";

    /** Resident memory, in millions of bytes. */
    double residentMb() {
        String line = read("status")
                .lines()
                .filter(any -> any.startsWith(RESIDENT))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(this + " has ended"));
        return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB / BYTES_PER_MB;
    }

    /** Time on processors, user's and system's: the fields 14 and 15, of which two precede the bracket. */
    double processorSeconds() {
        return processorSeconds(read("stat"));
    }

    private static double processorSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The same for each kind of its threads, of which Linux keeps the first 15 characters of the name. */
    Map<String, Double> threadSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                String stat = Files.readString(thread.resolve("stat"));
                String named = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                seconds.merge(threadKind(named), processorSeconds(stat), Double::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(this + " has ended", e);
        }
        return seconds;
    }

    /** What threads of one purpose have in common: their names differ by numbers. */
    static String threadKind(String name) {
        String kind = name == null ? "?" : name.substring(0, Math.min(NAME_MAX, name.length()));
        return kind.replaceAll("[-#]?[0-9]+$", "");
    }

    /** @throws UncheckedIOException saying who has ended */
    void requireRunning() {
        read("stat");
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(this + " has ended", e);
        }
    }

    @Override
    public String toString() {
        return name + " on " + host.name() + " (process " + pid + ")";
    }
}

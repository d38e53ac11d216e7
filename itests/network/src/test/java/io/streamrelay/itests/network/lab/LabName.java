// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the namespaces of a lab are called: they name the process that made them, so that those of a dead one are known.
 *
 * @param pid the process
 * @param startedSeconds when that process began, for ids of processes come again
 * @param lab the lab's own name
 */
record LabName(long pid, long startedSeconds, String lab) {

    private static final Pattern FORM = Pattern.compile("srlab-(\\d+)-(\\d+)-(.+)");
    /** The start of a process is known to a hundredth of a second, but the time that the host began is not. */
    private static final long START_SECONDS_DIFFER_MAX = 2;

    static LabName ofThisJvm(String lab) {
        ProcessHandle self = ProcessHandle.current();
        return new LabName(self.pid(), started(self), lab);
    }

    /** Reads the name of a namespace; empty when it belongs to no lab. */
    static Optional<LabName> parse(String namespace) {
        Matcher matcher = FORM.matcher(namespace);
        return matcher.matches()
                ? Optional.of(new LabName(
                        Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    /** What the namespace with that role is called. */
    String of(String role) {
        return "srlab-" + pid + "-" + startedSeconds + "-" + lab + "-" + role;
    }

    /** Whether the process that made it still runs. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(process -> Math.abs(started(process) - startedSeconds) <= START_SECONDS_DIFFER_MAX)
                .isPresent();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Says which process holds a folder, beside the lock. POSIX drops a process's lock as soon as that process closes any
 * handle of the lock file; so a process must know that it is the holder without touching the lock file.
 */
final class OwnerFile {

    private final Path file;

    OwnerFile(Path file) {
        this.file = file;
    }

    /** Whether this process has written the file and not removed it. */
    boolean isThisProcess() throws IOException {
        try {
            return Files.readString(file).equals(thisProcess());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    void write() throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, Permissions.ownerOnlyFile(file));
        Files.writeString(file, thisProcess());
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The start time tells apart processes of the same number, as in containers. */
    private static String thisProcess() {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        return "pid " + runtime.getPid() + " started " + runtime.getStartTime() + "\n";
    }
}

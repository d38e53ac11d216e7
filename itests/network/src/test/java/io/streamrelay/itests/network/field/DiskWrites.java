// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has had the kernel write to disks. */
final class DiskWrites {

    private static final String FIELD = "write_bytes: ";

    private DiskWrites() {}

    /** In bytes, since the process was started. */
    static long of(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "io")).stream()
                .filter(line -> line.startsWith(FIELD))
                .mapToLong(line -> Long.parseLong(line.substring(FIELD.length())))
                .findFirst()
                .orElseThrow();
    }
}

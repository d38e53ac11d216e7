// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A clock without a battery: it says 1970 whenever its gateway starts, and goes on from there. */
final class BornIn1970 {

    private static final String LIBRARY = "libfaketimeMT.so.1";

    private BornIn1970() {}

    /** Skips the test where Debian's package {@code faketime} is missing. */
    static Setup applyTo(Setup setup) {
        Path library = library();
        assumeTrue(library != null, "libfaketime is not installed (Debian: apt-get install faketime)");
        // Timers of the virtual machine must not be touched: without a battery a clock still runs.
        return setup.environment("LD_PRELOAD", library.toString())
                .environment("FAKETIME", "@1970-01-01 00:00:10")
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                .environment("DONT_FAKE_MONOTONIC", "1")
                .environment("TZ", "UTC");
    }

    private static Path library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime").resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

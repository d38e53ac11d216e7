// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes the copies of SQLite's native library that processes left behind which were killed: the driver unpacks one of
 * 1 MB for each process and removes it only when that ends in order, so that power cuts would fill the disk.
 *
 * @param folder where the driver unpacks it
 * @param now of the clock that the file system has, whether that is right or not
 */
record LeftLibraries(Path folder, Instant now) {

    /** The driver's names for them: the library, and beside it what ends with {@code .lck}. */
    private static final String NAMES = "sqlite-*sqlitejdbc.*";

    /**
     * From unpacking to loading takes a process milliseconds; afterwards it does not need the file's name any more.
     */
    private static final Duration IN_USE_MAX = Duration.ofHours(1);

    static LeftLibraries ofThisHost() {
        String folder = Optional.ofNullable(System.getProperty("org.sqlite.tmpdir"))
                .orElseGet(() -> System.getProperty("java.io.tmpdir"));
        return new LeftLibraries(Path.of(folder), Instant.now());
    }

    /** Whatever cannot be removed stays; another start tries again. */
    void remove() {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, NAMES)) {
            for (Path library : libraries) {
                removeIfOld(library);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No reason to do without a store.
        }
    }

    private void removeIfOld(Path library) {
        try {
            Instant unpacked = Files.getLastModifiedTime(library).toInstant();
            // After "now", too: the clock was ahead, or has lost its time since.
            if (Duration.between(unpacked, now).abs().compareTo(IN_USE_MAX) > 0) {
                Files.delete(library);
            }
        } catch (IOException e) {
            // Somebody else's, or loaded on a system that minds.
        }
    }
}

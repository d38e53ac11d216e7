// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The files of a database, copied while it is open: what is on the disk after a power cut, if the disk is honest. */
record DatabaseImage(Path folder) {

    /** Takes the files of a store that nobody writes to at the moment. */
    static DatabaseImage of(Path store, Path folder) throws IOException {
        DatabaseImage image = new DatabaseImage(folder);
        copy(store, folder);
        return image;
    }

    /** Lays the files into a folder as a store. */
    Path layOut(Path store) throws IOException {
        copy(folder, store);
        return store;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            // The index of the log is of no use to another process.
            if (!file.toString().endsWith("-shm")) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** What there is of a store's database in a folder, set aside or not. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("store\\.db.*|packets-.*"))
                    .sorted()
                    .toList();
        }
    }

    /** The names of what was set aside. */
    static List<String> setAside(Path folder) throws IOException {
        return files(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.contains("damaged") || name.contains("foreign"))
                .toList();
    }
}

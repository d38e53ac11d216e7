// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folders in which one factory has stores open. Thread-safe. */
final class OpenDirectories {

    private final Set<Path> open = ConcurrentHashMap.newKeySet();

    /**
     * Creates the folder where needed and takes hold of it until it is closed.
     *
     * @throws IOException when it cannot be used, or is in use; the message names it
     */
    StoreDirectory open(Path directory) throws IOException {
        Path path = create(directory);
        if (!open.add(path)) {
            throw new StoreInUseException(directory);
        }
        try {
            return StoreDirectory.lock(path, () -> open.remove(path));
        } catch (IOException e) {
            open.remove(path);
            throw e;
        }
    }

    private static Path create(Path directory) throws IOException {
        try {
            return Files.createDirectories(directory, Permissions.ownerOnlyFolder(directory))
                    .toRealPath();
        } catch (IOException e) {
            throw new IOException("the folder " + directory + " cannot be used for a store: " + e, e);
        }
    }
}

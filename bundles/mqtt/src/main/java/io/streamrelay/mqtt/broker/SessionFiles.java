// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of a {@link SessionDatabase}, those that SQLite keeps beside it, and how another takes its place: that one is
 * complete before the damaged one goes, and a start after a loss of power goes on from there.
 */
final class SessionFiles {

    private static final String FRESH = ".fresh";

    /** SQLite's own: the log of what is committed but not yet in the file, and an index of the log. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm");

    private final Path file;
    private final Path fresh;
    private final OwnerFiles files;

    SessionFiles(Path file) {
        this.file = file;
        this.fresh = file.resolveSibling(file.getFileName() + FRESH);
        this.files = new OwnerFiles(file.getParent());
    }

    Path file() {
        return file;
    }

    /** Where a database is made that is to take the place of a damaged one. */
    Path fresh() {
        return fresh;
    }

    boolean exist() {
        return Files.exists(file) || Files.exists(fresh);
    }

    /** Makes an empty file for the owner alone, unless it is there; SQLite gives the companions the same permissions. */
    void create(Path database) throws IOException {
        files.create(nameOf(database));
    }

    void deleteFresh() throws IOException {
        for (String companion : COMPANIONS) {
            files.delete(nameOf(fresh) + companion);
        }
        files.delete(nameOf(fresh));
    }

    /** Puts the fresh database, which is complete and closed, in the place of the damaged one; returns that one's name. */
    String exchange() throws IOException {
        String aside = files.nameAside(nameOf(file));
        if (Files.exists(file)) {
            files.rename(nameOf(file), aside);
        }
        for (String companion : COMPANIONS) {
            if (Files.exists(file.resolveSibling(nameOf(file) + companion))) {
                files.rename(nameOf(file) + companion, aside + companion);
            }
        }
        files.rename(nameOf(fresh), nameOf(file));
        files.force();
        return aside;
    }

    /** Goes on with an exchange that was cut off. */
    void finishExchange() throws IOException {
        if (!Files.exists(fresh)) {
            return;
        }
        if (Files.exists(file)) {
            deleteFresh();
        } else {
            exchange();
        }
    }

    /** Keeps content that cannot be read in a file beside the database, and returns its name. */
    String setAside(String name, byte[] content) throws IOException {
        return files.setAside(name, content);
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The database's file, the two that SQLite keeps beside it, and what they are called when they are set aside. */
record DatabaseFiles(Path folder) {

    private static final String NAME = "store.db";

    /** SQLite's own: the log of what is committed but not yet in the file, and an index of the log. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm");

    Path file() {
        return folder.resolve(NAME);
    }

    Path wal() {
        return companion(file(), COMPANIONS.get(0));
    }

    /** Where a database is made that is to take the place of a damaged one. */
    Path fresh() {
        return folder.resolve(NAME + ".fresh");
    }

    /** Creates a file for its owner alone, unless it is there; SQLite gives the companions the same permissions. */
    static void create(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, Permissions.ownerOnlyFile(file));
        }
    }

    void deleteFresh() throws IOException {
        Files.deleteIfExists(fresh());
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(companion(fresh(), companion));
        }
    }

    /** The first free name of a kind, such as {@code store.db.damaged-1}. */
    Path freeName(String kind) {
        int n = 1;
        while (isTaken(named(kind, n))) {
            n++;
        }
        return named(kind, n);
    }

    private Path named(String kind, int n) {
        return folder.resolve(NAME + "." + kind + "-" + n);
    }

    /** What a name has of its kind, such as {@code damaged-1}. */
    static String ending(Path name) {
        return name.getFileName().toString().substring(NAME.length() + 1);
    }

    private static boolean isTaken(Path name) {
        return Files.exists(name)
                || COMPANIONS.stream().anyMatch(companion -> Files.exists(companion(name, companion)));
    }

    /** Gives the database and its companions another name. */
    void setAside(Path name) throws IOException {
        if (Files.exists(file())) {
            Files.move(file(), name);
        }
        for (String companion : COMPANIONS) {
            if (Files.exists(companion(file(), companion))) {
                Files.move(companion(file(), companion), companion(name, companion));
            }
        }
        StateFile.forceFolder(folder);
    }

    /**
     * Puts the fresh database in the place of the damaged one. The damaged one goes first: a fresh one without another
     * beside it is known to be complete, and a start after a power cut {@linkplain #finishExchange goes on} from there.
     */
    void exchange(Path nameOfDamaged) throws IOException {
        setAside(nameOfDamaged);
        Files.move(fresh(), file(), StandardCopyOption.ATOMIC_MOVE);
        StateFile.forceFolder(folder);
    }

    /** Finishes an exchange that was cut off. */
    void finishExchange() throws IOException {
        if (Files.exists(file())) {
            deleteFresh();
        } else if (Files.exists(fresh())) {
            exchange(freeName("damaged"));
        }
    }

    long fileBytes() {
        return size(file());
    }

    long walBytes() {
        return size(wal());
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    static Path companion(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftLibrariesTest {

    private static final Instant NOW = Instant.parse("2026-11-28T05:00:00Z");
    private static final String LIBRARY = "sqlite-3.53.2.1-491fa119-2eaa-4ebf-b139-73aca74b7e13-libsqlitejdbc.so";

    @TempDir
    Path folder;

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        file(LIBRARY, Duration.ofHours(2));
        file(LIBRARY + ".lck", Duration.ofHours(2));

        remove();

        assertEquals(Set.of(), left());
    }

    @Test
    void whatCameWithAClockThatWasAheadIsRemoved() throws IOException {
        file(LIBRARY, Duration.ofDays(-4_000));

        remove();

        assertEquals(Set.of(), left());
    }

    @Test
    void whatAnotherProcessIsAboutToLoadStays() throws IOException {
        file(LIBRARY, Duration.ofMinutes(1));
        file(LIBRARY + ".lck", Duration.ofMinutes(1));

        remove();

        assertEquals(Set.of(LIBRARY, LIBRARY + ".lck"), left());
    }

    @Test
    void filesOfOthersStay() throws IOException {
        file("sqlite-notes.txt", Duration.ofHours(2));

        remove();

        assertEquals(Set.of("sqlite-notes.txt"), left());
    }

    @Test
    void aFolderThatIsNotThereIsNoError() {
        assertDoesNotThrow(() -> new LeftLibraries(folder.resolve("none"), NOW).remove());
    }

    /** What the driver unpacked for this process is found under the names that are looked for. */
    @Test
    void theDriversOwnNamesAreKnown() throws IOException {
        new SqlitePacketStoreFactory().open(folder.resolve("store")).close();
        Path copy = Files.copy(
                unpackedForThisProcess(),
                folder.resolve(unpackedForThisProcess().getFileName()));
        Files.setLastModifiedTime(copy, FileTime.from(NOW.minus(Duration.ofHours(2))));

        remove();

        assertEquals(Set.of("store"), left());
    }

    private static Path unpackedForThisProcess() throws IOException {
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            return mapped.map(line -> line.replaceFirst("^[^/]*", ""))
                    .filter(name -> name.contains("sqlite") && name.endsWith(".so"))
                    .map(Path::of)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void remove() {
        new LeftLibraries(folder, NOW).remove();
    }

    private void file(String name, Duration age) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}

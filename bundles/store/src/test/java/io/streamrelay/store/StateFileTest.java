// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    Path folder;

    private Path path;
    private StateFile file;

    @BeforeEach
    void nameFile() {
        path = folder.resolve("state");
        file = new StateFile(path);
    }

    @Test
    void isEmptyBeforeItWasWritten() throws IOException {
        assertEquals(Optional.empty(), file.read());
    }

    @Test
    void givesBackTheLinesThatWereWrittenLast() throws IOException {
        file.write(List.of("first"));
        file.write(List.of("second", "third"));

        assertEquals(Optional.of(List.of("second", "third")), file.read());
    }

    @Test
    void holdsNoLinesAtAll() throws IOException {
        file.write(List.of());

        assertEquals(Optional.of(List.of()), file.read());
    }

    @Test
    void noticesEachFlippedBit() throws IOException {
        file.write(List.of("17"));
        byte[] good = Files.readAllBytes(path);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(path, bad);
            assertThrows(DamagedFileException.class, file::read, "bit " + bit);
        }
    }

    @Test
    void noticesEachTruncation() throws IOException {
        file.write(List.of("17"));
        String good = Files.readString(path);
        for (int length = 0; length < good.length(); length++) {
            Files.writeString(path, good.substring(0, length));
            assertThrows(DamagedFileException.class, file::read, "length " + length);
        }
    }

    @Test
    void isNotDisturbedByWhatACrashLeftBehind() throws IOException {
        file.write(List.of("old"));
        Files.writeString(folder.resolve("state.tmp"), "half a li");
        assertEquals(Optional.of(List.of("old")), file.read());

        file.write(List.of("new"));
        assertEquals(Optional.of(List.of("new")), file.read());
        assertFalse(Files.exists(folder.resolve("state.tmp")));
    }

    @Test
    void copiesADamagedFileToTheNextFreeName() throws IOException {
        Files.writeString(path, "rubbish");
        assertEquals(1, file.copyAside());
        Files.writeString(path, "other rubbish");
        assertEquals(2, file.copyAside());

        assertEquals("rubbish", Files.readString(folder.resolve("state.damaged-1")));
        assertEquals("other rubbish", Files.readString(folder.resolve("state.damaged-2")));
        assertTrue(Files.exists(path));
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX file system");
        file.write(List.of("x"));

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
}

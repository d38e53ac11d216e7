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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void keepsOtherProcessesOutUntilItIsClosed() throws Exception {
        StoreDirectory held = open();
        assertFalse(isFreeForAnotherProcess());
        held.close();

        assertTrue(isFreeForAnotherProcess());
    }

    @Test
    void keepsOtherProcessesOutAlsoAfterThisOneHasTriedTwice() throws Exception {
        try (StoreDirectory held = open()) {
            assertThrows(StoreInUseException.class, this::open);

            assertFalse(isFreeForAnotherProcess(), () -> "the lock of " + held.path() + " is lost");
        }
    }

    @Test
    void isFreeAgainAfterAProcessThatWasKilled() throws Exception {
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/owner"), "pid 1 started 1\n");

        open().close();
    }

    @Test
    void createsFoldersForTheirOwnerAlone() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX file system");
        try (StoreDirectory held = open();
                Stream<Path> files = Files.list(held.path())) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(held.path())));
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    @Test
    void isFreeAgainWhenTheStoreCannotBeRead() throws IOException {
        Path store = Files.createDirectories(folder.resolve("store"));
        Path obstacle = Files.createDirectory(store.resolve("epoch"));
        MemoryPacketStoreFactory factory = new MemoryPacketStoreFactory();
        IOException e = assertThrows(IOException.class, () -> factory.open(store));
        assertTrue(e.getMessage().contains(store.toString()), e.getMessage());

        Files.delete(obstacle);
        factory.open(store).close();
    }

    private StoreDirectory open() throws IOException {
        return StoreDirectory.open(folder.resolve("store"));
    }

    private boolean isFreeForAnotherProcess() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        folder.resolve("store").toString())
                .inheritIO()
                .start();
        assertTrue(other.waitFor(30, TimeUnit.SECONDS), "the other process hangs");
        return other.exitValue() == 0;
    }

    /** Tries to open a folder; exits with 0 when it could, with 3 when it is in use. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException {
            try {
                StoreDirectory.open(Path.of(arguments[0])).close();
            } catch (StoreInUseException e) {
                System.exit(3);
            }
        }
    }
}

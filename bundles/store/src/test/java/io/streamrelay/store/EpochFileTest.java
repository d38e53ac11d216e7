// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochFileTest {

    private static final long IN_2040 = 2_208_988_800L;

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void nameFile() {
        path = folder.resolve("epoch");
    }

    @Test
    void countsOnWhereItWas() throws IOException {
        EpochFile first = open(IN_2040);
        assertEquals(1, first.next());
        assertEquals(2, first.next());

        assertEquals(3, open(IN_2040).next());
    }

    @Test
    void hasWrittenAnEpochBeforeItGivesItOut() throws IOException {
        open(IN_2040).next();

        assertEquals("1", Files.readAllLines(path).get(0));
    }

    @Test
    void goesOnAtTheWallClockAfterADamage() throws IOException {
        Files.writeString(path, "rubbish");

        assertEquals(IN_2040 + 1, open(IN_2040).next());
        assertEquals("rubbish", Files.readString(folder.resolve("epoch.damaged-1")));
        assertEquals(IN_2040 + 2, open(IN_2040).next());
    }

    @Test
    void doesNotCountOnAClockThatWasNeverSet() throws IOException {
        long last = 1_000;
        for (int damage = 0; damage < 3; damage++) {
            Files.writeString(path, "rubbish");
            EpochFile epochs = open(42);
            long next = epochs.next();
            assertTrue(next > last + 10_000, next + " after " + last);
            assertTrue(next < 1L << 32, next + " has to fit 32 bits");
            last = next;
        }
    }

    @Test
    void hasWrittenTheNewBeginningAtOnceAfterADamage() throws IOException {
        Files.writeString(path, "");
        open(IN_2040);

        assertEquals(IN_2040 + 1, open(0).next());
    }

    @Test
    void takesNothingButOneNumber() throws IOException {
        for (List<String> lines : List.of(
                List.<String>of(), List.of("-1"), List.of("0"), List.of("1", "2"), List.of("99999999999999999999"))) {
            new StateFile(path).write(lines);
            assertTrue(open(IN_2040).next() > IN_2040, () -> "after " + lines);
        }
    }

    @Test
    void givesOutNothingAfterClosing() throws IOException {
        EpochFile epochs = open(IN_2040);
        epochs.close();

        assertThrows(IllegalStateException.class, epochs::next);
    }

    @Test
    void doesNotSkipAnEpochThatCouldNotBeWritten() throws IOException {
        EpochFile epochs = open(IN_2040);
        Path obstacle = Files.createDirectory(folder.resolve("epoch.tmp"));
        Files.createFile(obstacle.resolve("in-the-way"));
        assertThrows(IOException.class, epochs::next);

        Files.delete(obstacle.resolve("in-the-way"));
        assertEquals(1, epochs.next());
    }

    /** As on a full disk: an epoch that cannot be replaced is written over. */
    @Test
    void countsOnWithoutRoomForAnotherFile() throws IOException {
        EpochFile epochs = open(IN_2040);
        for (int i = 1; i <= 9; i++) {
            assertEquals(i, epochs.next());
        }
        Path obstacle = Files.createDirectory(folder.resolve("epoch.tmp"));
        Files.createFile(obstacle.resolve("in-the-way"));
        assertEquals(10, epochs.next());
        assertEquals(11, open(IN_2040).next());
    }

    private EpochFile open(long wallSeconds) throws IOException {
        return EpochFile.open(new StateFile(path), Clock.fixed(Instant.ofEpochSecond(wallSeconds), ZoneOffset.UTC));
    }
}

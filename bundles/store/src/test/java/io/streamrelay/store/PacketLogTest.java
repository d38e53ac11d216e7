// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.StoreChange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketLogTest {

    private static final long MUCH = 1L << 40;
    private static final NodeClock.Reading AT = new NodeClock.Reading(0, 0);

    @TempDir
    Path folder;

    private LogSegments segments() {
        return new LogSegments(folder);
    }

    private PacketLog open() throws IOException {
        return PacketLog.open(segments(), 0, MUCH);
    }

    private static LogEntry entry(int number) {
        return LogEntry.of(AT, List.of(new StoreChange.RemoveDelivery("c", number)));
    }

    /** One that fills two blocks. */
    private static LogEntry large(int number) {
        byte[] noise = new byte[5_000];
        new SplittableRandom(number).nextBytes(noise);
        return LogEntry.of(
                AT, List.of(new StoreChange.RemoveDelivery("c", number), new StoreChange.PutNote("k", noise)));
    }

    private List<Integer> numbers(LogPosition from) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        segments().readFrom(from, frame -> frame.entry().changes().stream()
                .filter(StoreChange.RemoveDelivery.class::isInstance)
                .forEach(change -> numbers.add((int) ((StoreChange.RemoveDelivery) change).number())));
        return numbers;
    }

    @Test
    void givesBackWhatWasAppendedInItsOrder() throws IOException {
        try (PacketLog log = open()) {
            for (int i = 1; i <= 300; i++) {
                log.append(i % 3 == 0 ? large(i) : entry(i), LogPosition.START);
            }
            assertEquals(400L * Layout.BLOCK_BYTES, log.writtenBytes());
            assertEquals(400L * Layout.BLOCK_BYTES, log.bytes());
        }
        List<Integer> numbers = numbers(LogPosition.START);
        assertEquals(300, numbers.size());
        assertTrue(numbers.get(0) == 1 && numbers.get(299) == 300);
        assertEquals(2, segments().sizes().size(), "a segment has a megabyte");
    }

    @Test
    void isReadFromAPositionOn() throws IOException {
        try (PacketLog log = open()) {
            log.append(large(1), LogPosition.START);
            LogPosition second = log.append(entry(2), LogPosition.START);
            log.append(entry(3), second);
            assertEquals(List.of(3), numbers(second));
        }
        assertEquals(new LogPosition(1, 3), LogScan.of(segments()).applied());
    }

    /** What a power cut may have left half done is not written on. */
    @Test
    void beginsASegmentEachTimeAndNoneThatTheDatabaseIsBeyond() throws IOException {
        try (PacketLog log = open()) {
            assertEquals(1, log.append(entry(1), LogPosition.START).segment());
        }
        try (PacketLog log = open()) {
            assertEquals(2, log.append(entry(2), LogPosition.START).segment());
        }
        try (PacketLog log = PacketLog.open(segments(), 7, MUCH)) {
            assertEquals(8, log.append(entry(3), LogPosition.START).segment());
        }
        assertEquals(List.of(1, 2, 3), numbers(LogPosition.START));
    }

    @Test
    void mindsNoEndThatIsCutOff() throws IOException {
        try (PacketLog log = open()) {
            log.append(entry(1), LogPosition.START);
            log.append(large(2), LogPosition.START);
        }
        try (RandomAccessFile file = new RandomAccessFile(segments().file(1).toFile(), "rw")) {
            file.setLength(file.length() - 5_000);
        }
        assertEquals(List.of(1), numbers(LogPosition.START));
        assertEquals(0, LogScan.of(segments()).damagedBlocks());
    }

    @Test
    void findsWhatIsBehindDamage() throws IOException {
        try (PacketLog log = open()) {
            log.append(entry(1), LogPosition.START);
            log.append(large(2), LogPosition.START);
            log.append(entry(3), LogPosition.START);
        }
        try (RandomAccessFile file = new RandomAccessFile(segments().file(1).toFile(), "rw")) {
            file.seek(Layout.BLOCK_BYTES + 100);
            file.write(new byte[100]);
        }
        assertEquals(List.of(1, 3), numbers(LogPosition.START));
        assertEquals(2, LogScan.of(segments()).damagedBlocks());
    }

    @Test
    void refusesWhatHasNoRoomButWhatClearsAway() throws IOException {
        try (PacketLog log = PacketLog.open(segments(), 0, 16)) {
            for (int i = 0; i < 8; i++) {
                log.append(large(i), LogPosition.START);
            }
            assertThrows(LogFullException.class, () -> log.append(large(8), LogPosition.START));
            log.append(entry(9), LogPosition.START);

            log.delete(1);
            log.delete(2);
            log.append(large(10), LogPosition.START);
        }
        assertEquals(List.of(2, 3, 4, 5, 6, 7, 9, 10), numbers(LogPosition.START));
    }

    @Test
    void keepsAFileForTheEndOfAFullDisk() throws IOException {
        open().close();
        assertEquals(64L * Layout.BLOCK_BYTES, Files.size(folder.resolve("packets.reserve")));
        assertFalse(Files.exists(folder.resolve("packets.reserve.tmp")));
    }
}

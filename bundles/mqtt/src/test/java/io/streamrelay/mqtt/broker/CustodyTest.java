// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CustodyTest extends CustodyRig {

    @Test
    void handsOverOnceAndInOrder() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.take(3, false, message("b"), Set.of());
        assertEquals(List.of("a", "b"), texts(handedOver(custody)));
        assertEquals(List.of(), handedOver(custody));
    }

    @Test
    void takesWhatIsNotRepeatedForANewMessage() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.take(7, false, message("a"), Set.of());
        custody.take(7, true, message("b"), Set.of());
        assertEquals(List.of("a", "a", "b"), texts(handedOver(custody)));
    }

    @Test
    void handsOverAgainAfterARestartWhatIsNotSafe() throws IOException {
        List<Message.Property> properties = List.of(new Message.Property("n", "v"), new Message.Property("n", "ü"));
        Message full = new Message("t/1", new byte[] {0, -1}, 2, true, "text/plain", properties);
        custody.take(1, false, message("safe"), Set.of());
        custody.take(2, false, full, Set.of());
        custody.take(3, false, message("last"), Set.of());
        handedOver(custody).get(0).acknowledge();
        List<Arrival> again = handedOver(restarted());
        assertEquals(2, again.size());
        Message got = again.get(0).message();
        assertArrayEquals(full.payload(), got.payload());
        assertEquals(
                List.of("t/1", true, "text/plain", properties),
                List.of(got.topic(), got.retained(), got.contentType(), got.properties()));
        assertEquals("last", texts(again).get(1));
    }

    @Test
    void keepsWhatIsReleasedButNotSafe() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.released(7);
        assertEquals(1, kept().size());
        handedOver(custody).get(0).acknowledge();
        assertEquals(List.of(), kept());
    }

    @Test
    void handsOverAgainWhatWasRefused() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        custody.take(2, false, message("b"), Set.of());
        custody.await();
        List<Arrival> refused = new ArrayList<>();
        custody.handOver(arrival -> {
            refused.add(arrival);
            arrival.refuse();
        });
        assertEquals(List.of("a"), texts(refused));
        assertEquals(List.of("a", "b"), texts(handedOver(custody)));
    }

    @Test
    void handsOverToTheNextWhatTheLastLeft() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        custody.take(2, false, message("b"), Set.of());
        handedOver(custody).get(1).acknowledge();
        custody.takeAllBack();
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }

    @Test
    void forgetsPacketIdentifiersWithTheSession() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        handedOver(custody).get(0).acknowledge();
        custody.take(2, false, message("b"), Set.of());
        custody.sessionForgotten();
        assertEquals(1, kept().size());
        custody.take(1, true, message("a"), Set.of());
        assertEquals(List.of("b", "a"), texts(handedOver(custody)));
    }

    @Test
    void leavesWhatIsBeyondItsLimitToTheBrokerUntilItIsAskedAgain() throws IOException {
        custody = newCustody(4, Long.MAX_VALUE);
        for (int i = 1; i <= 4; i++) {
            assertTrue(custody.take(i, false, message("" + i), Set.of()));
        }
        assertFalse(custody.take(5, false, message("5"), Set.of()));
        assertTrue(custody.take(4, true, message("4"), Set.of()));
        List<Arrival> arrivals = handedOver(custody);
        for (int i = 0; i < 3; i++) {
            assertFalse(custody.isReadyToAskAgain());
            arrivals.get(i).acknowledge();
        }
        assertTrue(custody.isReadyToAskAgain());
        // It would overtake the one before.
        assertFalse(custody.take(6, false, message("6"), Set.of()));
        custody.connects();
        assertFalse(custody.isReadyToAskAgain());
        assertTrue(custody.take(5, true, message("5"), Set.of()));
        assertTrue(custody.take(6, true, message("6"), Set.of()));
        assertEquals(List.of("5", "6"), texts(handedOver(custody)));
    }

    @Test
    void leavesToTheBrokerWhatTakesTooMuchMemory() throws IOException {
        Custody small = newCustody(100, 1_000);
        assertTrue(small.take(1, false, message("x".repeat(2_000)), Set.of()), "one alone is taken");
        assertFalse(small.take(2, false, message("y"), Set.of()));
        handedOver(small).get(0).acknowledge();
        assertTrue(small.isReadyToAskAgain());
        small.connects();
        assertTrue(small.take(2, true, message("y"), Set.of()));
        assertTrue(small.take(3, false, message("z".repeat(999)), Set.of()));
        assertFalse(small.take(4, false, message("z"), Set.of()));
        assertFalse(small.isReadyToAskAgain());
    }

    /** A broker that sends all its backlog before the first PUBREL must not fill the memory. */
    @Test
    void leavesToTheBrokerWhatItCannotRememberUntilItIsReleased() throws IOException {
        Custody small = newCustody(2, Long.MAX_VALUE);
        for (int packetId = 1; packetId <= 8; packetId++) {
            assertTrue(small.take(packetId, false, message("m" + packetId), Set.of()), "message " + packetId);
            handedOver(small).forEach(Arrival::acknowledge);
        }
        assertFalse(small.take(9, false, message("m9"), Set.of()));
        assertFalse(small.isReadyToAskAgain());
        for (int packetId = 1; packetId <= 6; packetId++) {
            small.released(packetId);
        }
        assertTrue(small.isReadyToAskAgain());
        small.connects();
        assertTrue(small.take(9, true, message("m9"), Set.of()));
    }

    @Test
    void handsOverNothingBeforeItIsOnDisk() throws IOException {
        CountDownLatch slowDisk = new CountDownLatch(1);
        commits.write(connection -> {
            try {
                assertTrue(slowDisk.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        custody.take(1, false, message("a"), Set.of());
        List<Arrival> arrivals = new ArrayList<>();
        custody.handOver(arrivals::add);
        assertEquals(List.of(), arrivals);
        slowDisk.countDown();
        custody.await();
        custody.handOver(arrivals::add);
        assertEquals(List.of("a"), texts(arrivals));
    }

    @Test
    void keepsNoPayloadOfWhatIsSafe() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        assertEquals("t", kept().get(0).message().topic());
        handedOver(custody).get(0).acknowledge();
        assertNull(kept().get(0).message());
    }

    @Test
    void setsAsideARowThatIsDamaged() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        custody.take(2, false, message("b"), Set.of());
        commits.await(commits.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE custody SET message = x'0102' WHERE packet_id = 1");
            }
        }));
        assertEquals(List.of("b"), texts(handedOver(restarted())));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> aside =
                    files.filter(file -> file.toString().contains(".damaged")).toList();
            assertEquals(1, aside.size());
            assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(aside.get(0)));
        }
        assertEquals(1, kept().size());
    }

    /** As files, one for each message, written by versions before the database. */
    @Test
    void takesOverWhatAnEarlierVersionKept() throws IOException {
        Path received = Files.createDirectories(folder.resolve("received"));
        Files.write(
                received.resolve("3.message"),
                HexFormat.of()
                        .parseHex("01" + "0007" + "00000001" + "74" + "02" + "00" + "00" + "00000000" + "00000001"
                                + "61"));
        Files.write(
                received.resolve("4.safe"),
                HexFormat.of()
                        .parseHex("01" + "0008" + "00000001" + "74" + "02" + "00" + "00" + "00000000" + "00000001"
                                + "62"));
        Files.write(received.resolve("5.message"), new byte[] {1, 0, 1, 0, 0, 0, 9});
        Files.write(received.resolve("9.unfinished"), new byte[] {1});
        custody = restarted();
        assertEquals(List.of("a"), texts(handedOver(custody)));
        custody.take(7, true, message("a"), Set.of());
        custody.take(8, true, message("b"), Set.of());
        assertEquals(List.of(), handedOver(custody));
        assertEquals(
                List.of(3L, 4L), kept().stream().map(CustodyTable.Entry::number).toList());
        try (Stream<Path> files = Files.list(received)) {
            assertEquals(
                    List.of("5.message.damaged"),
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void givesNoNumberAgainInAnotherProcess() throws IOException {
        Set<Long> numbers = new HashSet<>();
        for (int process = 0; process < 10; process++) {
            for (int i = 0; i < 3; i++) {
                custody.take(1 + i, false, message("m"), Set.of());
            }
            List<Arrival> arrivals = handedOver(custody);
            assertEquals(3, arrivals.size());
            for (Arrival arrival : arrivals) {
                assertTrue(numbers.add(arrival.custody()));
                arrival.acknowledge();
            }
            custody.sessionForgotten();
            custody = restarted();
        }
    }

    @Test
    void isForTheOwnerAlone() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        custody.await();
        assertEquals(
                List.of("rwx------", "rwx------", "rw-------", "rw-------"),
                List.of(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent())),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("exchanges.db"))),
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("exchanges.db-wal")))));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustodyTest {

    @TempDir
    Path parent;

    private Path folder;
    private Custody custody;

    @BeforeEach
    void open() throws IOException {
        folder = parent.resolve("mqtt/received-test");
        custody = restarted();
    }

    private Custody restarted() throws IOException {
        Custody next = new Custody(folder);
        next.load();
        return next;
    }

    private static Message message(String text) {
        return new Message("t", text.getBytes(UTF_8), 2, false, null, List.of());
    }

    private static List<Arrival> handedOver(Custody custody) {
        List<Arrival> arrivals = new ArrayList<>();
        custody.handOver(arrivals::add);
        return arrivals;
    }

    private static List<String> texts(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> new String(arrival.message().payload(), UTF_8))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void handsOverOnceAndInOrder() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.take(3, false, message("b"), Set.of());
        assertEquals(List.of("a", "b"), texts(handedOver(custody)));
        assertEquals(List.of(), handedOver(custody));
    }

    @Test
    void knowsARepeatedPublishUntilItsPubrel() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.take(7, true, message("a"), Set.of());
        assertEquals(1, handedOver(custody).size());
        custody.take(7, true, message("a"), Set.of());
        assertEquals(0, handedOver(custody).size());
        custody.released(7);
        custody.take(7, true, message("a"), Set.of());
        assertEquals(1, handedOver(custody).size());
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
    void remembersOverARestartThatARepeatedPublishIsSafe() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        handedOver(custody).get(0).acknowledge();
        Custody next = restarted();
        next.take(7, true, message("a"), Set.of());
        assertEquals(List.of(), handedOver(next));
        next.released(7);
        assertEquals(List.of(), files());
    }

    @Test
    void keepsWhatIsReleasedButNotSafe() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.released(7);
        assertEquals(1, files().size());
        handedOver(custody).get(0).acknowledge();
        assertEquals(List.of(), files());
    }

    @Test
    void handsOverAgainWhatWasRefused() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        custody.take(2, false, message("b"), Set.of());
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
        assertEquals(1, files().size());
        custody.take(1, true, message("a"), Set.of());
        assertEquals(List.of("b", "a"), texts(handedOver(custody)));
    }

    @Test
    void leavesWhatIsBeyondItsLimitToTheBrokerUntilItIsAskedAgain() throws IOException {
        custody = new Custody(folder, 4);
        custody.load();
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
        Custody small = new Custody(folder, 100, 1_000);
        small.load();
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
        Custody small = new Custody(folder, 2);
        small.load();
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

    /** Mosquitto 2.0.11 has more than 65,535 messages on their way. */
    @Test
    void tellsMessagesWithTheSameIdentifierApart() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.take(7, false, message("b"), Set.of());
        assertEquals(2, handedOver(custody).size());
        custody.connects();
        custody.take(7, true, message("a"), Set.of());
        custody.take(7, true, message("b"), Set.of());
        custody = restarted();
        handedOver(custody).forEach(Arrival::acknowledge);
        custody.take(7, true, message("a"), Set.of());
        custody.take(7, true, message("b"), Set.of());
        assertEquals(List.of(), handedOver(custody));
        custody.released(7);
        custody.connects();
        custody.take(7, true, message("b"), Set.of());
        assertEquals(List.of(), handedOver(custody));
        custody.released(7);
        custody.take(7, true, message("b"), Set.of());
        assertEquals(List.of("b"), texts(handedOver(custody)));
    }

    /** The PUBREL of one comes again when its PUBCOMP was lost, and is not the next one's. */
    @Test
    void knowsTheSecondWhenTheReleaseOfTheFirstComesAgain() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        custody.take(7, false, message("b"), Set.of());
        handedOver(custody).forEach(Arrival::acknowledge);
        custody.released(7);
        custody.connects();
        custody.released(7);
        assertEquals(1, files().size());
        custody = restarted();
        custody.released(7);
        custody.take(7, true, message("b"), Set.of());
        assertEquals(List.of(), handedOver(custody));
        custody.released(7);
        assertEquals(List.of(), files());
    }

    @Test
    void forgetsWhatWasReleasedWhenTheBrokerGoesOn() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        handedOver(custody).get(0).acknowledge();
        custody.connects();
        custody.released(7);
        custody.take(8, false, message("b"), Set.of());
        handedOver(custody).get(0).acknowledge();
        custody.released(8);
        assertEquals(List.of(), files());
        custody.take(7, true, message("a"), Set.of());
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }

    @Test
    void forgetsWhatAConnectionDoesNotBringBeforeAnotherOfItsIdentifier() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        handedOver(custody).get(0).acknowledge();
        custody.connects();
        custody.take(7, false, message("b"), Set.of());
        assertEquals(1, files().size());
        handedOver(custody).get(0).acknowledge();
        custody.released(7);
        assertEquals(List.of(), files());
    }

    @Test
    void setsAsideWhatIsDamagedAndDeletesWhatIsUnfinished() throws IOException {
        custody.take(1, false, message("a"), Set.of());
        Path first = files().get(0);
        custody.take(2, false, message("b"), Set.of());
        Files.write(first, new byte[] {1, 0, 1, 0, 0, 0, 9});
        Files.write(folder.resolve("9.unfinished"), new byte[] {1});
        assertEquals(List.of("b"), texts(handedOver(restarted())));
        assertEquals(2, files().size());
        assertEquals(true, Files.exists(folder.resolve(first.getFileName() + ".damaged")));
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
        assertEquals(
                List.of("rwx------", "rwx------", "rw-------"),
                List.of(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent())),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0)))));
    }
}

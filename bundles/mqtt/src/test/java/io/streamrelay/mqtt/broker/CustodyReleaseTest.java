// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which PUBLISH is a repetition, and until when what it is known by is kept. */
class CustodyReleaseTest extends CustodyRig {

    /** An identifier that a broker gives out which counts up. */
    private static final int HIGH = Custody.LOW_IDS + 7;

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
    void remembersOverARestartThatARepeatedPublishIsSafe() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        handedOver(custody).get(0).acknowledge();
        Custody next = restarted();
        next.take(7, true, message("a"), Set.of());
        assertEquals(List.of(), handedOver(next));
        next.released(7);
        assertEquals(List.of(), kept());
    }

    /** The broker uses its identifier again for an equal reading, and repeats that after a restart here. */
    @Test
    void doesNotTakeAMessageForOneThatWasReleasedBefore() throws IOException {
        custody.take(7, false, message("21.5"), Set.of());
        custody.released(7);
        commits.awaitAll();
        custody = restarted();
        custody.take(7, true, message("21.5"), Set.of());
        assertEquals(List.of("21.5", "21.5"), texts(handedOver(custody)));
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
        assertEquals(1, kept().size());
        custody = restarted();
        custody.released(7);
        custody.take(7, true, message("b"), Set.of());
        assertEquals(List.of(), handedOver(custody));
        custody.released(7);
        assertEquals(List.of(), kept());
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
        assertEquals(List.of(), kept());
        custody.take(7, true, message("a"), Set.of());
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }

    @Test
    void forgetsWhatAConnectionDoesNotBringBeforeAnotherOfItsIdentifier() throws IOException {
        custody.take(7, false, message("a"), Set.of());
        handedOver(custody).get(0).acknowledge();
        custody.connects();
        custody.take(7, false, message("b"), Set.of());
        assertEquals(1, kept().size());
        handedOver(custody).get(0).acknowledge();
        custody.released(7);
        assertEquals(List.of(), kept());
    }

    /** Mosquitto forgets in a connection that ends at once that it has had the PUBREC, and begins with PUBLISH again. */
    @Test
    void knowsWhatComesAgainThoughItsPubcompHasLeft() throws IOException {
        released(HIGH, "a");
        custody = restarted();
        custody.connects();
        custody = restarted();
        custody.connects();
        custody.take(HIGH, true, message("a"), Set.of());
        assertEquals(List.of(), handedOver(custody));
        custody.released(HIGH);
        custody = restarted();
        custody.connects();
        custody.take(HIGH, true, message("a"), Set.of());
        assertEquals(List.of(), handedOver(custody));
    }

    /** The same within one process. */
    @Test
    void knowsItOverLostConnections() throws IOException {
        released(HIGH, "a");
        custody.connects();
        custody.connects();
        custody.take(HIGH, true, message("a"), Set.of());
        assertEquals(List.of(), handedOver(custody));
    }

    /** Its first PUBREC left behind the PUBCOMP of the other. */
    @Test
    void forgetsWhatWasReleasedWithThePubrelOfAnotherThatCameLater() throws IOException {
        released(HIGH, "a");
        released(HIGH + 1, "b");
        assertEquals(List.of(HIGH + 1), packetIds());
        custody.connects();
        custody.take(HIGH, true, message("a"), Set.of());
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }

    @Test
    void keepsWhatWasReleasedOverThePubrelOfAnotherThatCameBefore() throws IOException {
        custody.take(HIGH, false, message("a"), Set.of());
        custody.take(HIGH + 1, false, message("b"), Set.of());
        handedOver(custody).forEach(Arrival::acknowledge);
        custody.released(HIGH);
        custody.released(HIGH + 1);
        assertEquals(List.of(HIGH, HIGH + 1), packetIds());
    }

    @Test
    void forgetsWhatAnEarlierProcessReleasedWhenTheBrokerGoesOn() throws IOException {
        released(HIGH, "a");
        custody = restarted();
        custody.connects();
        custody.take(HIGH + 1, false, message("b"), Set.of());
        assertEquals(List.of(HIGH + 1), packetIds());
        custody.take(HIGH, true, message("a"), Set.of());
        assertEquals(List.of("b", "a"), texts(handedOver(custody)));
    }

    @Test
    void keepsTheMessageThatIsReleasedAndNotSafeOverARestart() throws IOException {
        custody.take(HIGH, false, message("a"), Set.of());
        custody.released(HIGH);
        commits.awaitAll();
        custody = restarted();
        custody.connects();
        List<Arrival> again = handedOver(custody);
        assertEquals(List.of("a"), texts(again));
        again.get(0).acknowledge();
        custody = restarted();
        custody.connects();
        custody.take(HIGH, true, message("a"), Set.of());
        assertEquals(List.of(), handedOver(custody));
    }

    @Test
    void forgetsWhatWasReleasedWithTheSession() throws IOException {
        released(HIGH, "a");
        custody.sessionForgotten();
        assertEquals(List.of(), packetIds());
    }

    /** An old Mosquitto, with more waiting than there are identifiers, may mean another equal message that was not taken. */
    @Test
    void takesAnEqualMessageForANewOneIfThereWasNoRoomForAll() throws IOException {
        custody = newCustody(1, Long.MAX_VALUE);
        assertTrue(custody.take(HIGH, false, message("a"), Set.of()));
        assertFalse(custody.take(HIGH + 1, false, message("b"), Set.of()));
        handedOver(custody).forEach(Arrival::acknowledge);
        custody.released(HIGH);
        custody.connects();
        assertTrue(custody.take(HIGH, true, message("a"), Set.of()));
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }

    private void released(int packetId, String text) throws IOException {
        custody.take(packetId, false, message(text), Set.of());
        handedOver(custody).forEach(Arrival::acknowledge);
        custody.released(packetId);
        commits.awaitAll();
    }

    private List<Integer> packetIds() throws IOException {
        return kept().stream().map(CustodyTable.Entry::packetId).toList();
    }
}

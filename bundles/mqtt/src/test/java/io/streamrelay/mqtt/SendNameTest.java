// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendNameTest {

    private static final String ID = "0123456789abcdef-1f";

    private static SendName name(int qos, int packetId, long custody, boolean retained, String text, String... ids) {
        List<Message.Property> properties = List.of(ids).stream()
                .map(id -> new Message.Property(PublicationId.NAME, id))
                .toList();
        Message message = new Message("t", text.getBytes(UTF_8), qos, retained, null, properties);
        Arrival arrival = new Arrival(message, packetId, false, custody, Set.of(), () -> {}, () -> {});
        return SendName.of(arrival, Fingerprint.of("t", message.payload()));
    }

    @Test
    void theBrokersIdNamesAMessageWhateverItsPacketIdentifierAndCustody() {
        assertEquals(name(1, 7, 0, false, "a", ID), name(1, 8, 0, false, "a", ID));
        assertEquals(name(2, 7, 1, false, "a", ID), name(2, 8, 2, false, "a", ID));
        assertTrue(name(1, 7, 0, false, "a", ID).isMarked());
        assertTrue(name(1, 7, 0, false, "a", ID).text().length() <= 64);
    }

    /** A program may publish something else with the properties of what it got; the broker's id is the last one. */
    @Test
    void otherContentOrAnotherIdBehindItIsAnotherMessage() {
        assertNotEquals(name(1, 7, 0, false, "a", ID), name(1, 7, 0, false, "b", ID));
        assertNotEquals(name(1, 7, 0, false, "a", ID), name(1, 7, 0, false, "a", ID, "0123456789abcdef-20"));
    }

    @Test
    void withoutAnIdAPacketIdentifierOrCustodyNamesIt() {
        assertNotEquals(name(1, 7, 0, false, "a"), name(1, 8, 0, false, "a"));
        assertFalse(name(1, 7, 0, false, "a").isUnique());
        assertNotEquals(name(2, 7, 1, false, "a"), name(2, 7, 2, false, "a"));
        assertTrue(name(2, 7, 1, false, "a").isUnique());
        assertNull(name(0, 0, 0, false, "a", ID));
    }

    /** It comes with each new subscription, and may be meant for another topic then. */
    @Test
    void whatIsRetainedIsNotKnownByItsId() {
        assertFalse(name(1, 7, 0, true, "a", ID).isMarked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1f", "0123456789abcdef-", "0123456789ABCDEF-1", "0123456789abcdef-11111111111111111"})
    void whatIsNoSuchIdIsPassedOver(String id) {
        assertFalse(name(1, 7, 0, false, "a", id).isMarked());
    }
}

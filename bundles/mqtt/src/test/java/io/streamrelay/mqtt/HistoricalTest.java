// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Message.Property;
import io.streamrelay.api.Origin;
import io.streamrelay.api.Received;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoricalTest {

    private static final Property KEPT = new Property("unit", "°C");

    @Test
    void marksWhatComesLateWithTheTimeWhenItWasEmitted() {
        assertEquals(
                List.of(
                        KEPT,
                        new Property("streamrelay-historical", "true"),
                        new Property("streamrelay-time", "2026-01-01T00:00:00Z")),
                Historical.marked(List.of(KEPT), new Late(10_000, 1_767_225_600_000L)));
    }

    @Test
    void saysNoTimeThatTheSenderDidNotKnow() {
        assertEquals(
                List.of(KEPT, new Property("streamrelay-historical", "true")),
                Historical.marked(List.of(KEPT), new Late(10_000, 0)));
    }

    @Test
    void leavesLiveMessagesAsTheyAreAndTakesBackWhatAnotherGatewayHasSaid() {
        List<Property> before = List.of(
                KEPT, new Property("streamrelay-historical", "true"), new Property("streamrelay-time", "yesterday"));
        assertEquals(List.of(KEPT), Historical.marked(before, new Late(9_999, 1_767_225_600_000L)));
    }

    private record Late(long ageMs, long sentMs) implements Received {

        @Override
        public Message message() {
            return Message.of("t", new byte[0]);
        }

        @Override
        public Authenticity authenticity() {
            return Authenticity.SENDER;
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }

        @Override
        public Id packetId() {
            return Id.ofHex("01".repeat(32));
        }

        @Override
        public Optional<Id> streamedBy() {
            return Optional.empty();
        }

        @Override
        public boolean local() {
            return false;
        }

        @Override
        public int hops() {
            return 1;
        }
    }
}

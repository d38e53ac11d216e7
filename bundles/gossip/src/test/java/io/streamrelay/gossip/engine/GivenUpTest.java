// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.packet.Pong;
import org.junit.jupiter.api.Test;

class GivenUpTest {

    private static final Path THERE = Path.main(new Endpoint(0x14010001, 4_000));
    private static final Path ELSEWHERE = Path.main(new Endpoint(0x14010002, 4_000));

    private final GivenUp givenUp = new GivenUp();
    private final Contact contact = new Contact(THERE, null, Contact.Reason.HEARD_OF, "0123456789ab");

    private static Pong pong(String pingId) {
        return Pong.builder(TestPackets.filled(1), TestPackets.filled(2))
                .pingId(pingId)
                .build();
    }

    @Test
    void anAnswerThatComesLateIsKnown() {
        givenUp.put(contact, 0);
        assertSame(contact, givenUp.answeredBy(THERE, pong("0123456789ab"), Timing.ANSWER_LATE_MS));
        assertNull(givenUp.answeredBy(THERE, pong("0123456789ac"), 1), "what nobody asked");
        assertNull(givenUp.answeredBy(ELSEWHERE, pong("0123456789ab"), 1));
        assertNull(givenUp.answeredBy(THERE, pong("0123456789ab"), Timing.ANSWER_LATE_MS + 1));
    }

    @Test
    void anAnswerCountsOnce() {
        givenUp.put(contact, 0);
        givenUp.remove(contact);
        assertNull(givenUp.answeredBy(THERE, pong("0123456789ab"), 1));
    }
}

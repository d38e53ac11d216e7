// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryBodyTest {

    private static final String JSON = "{\"packetId\":\"" + Samples.REQUESTER.hex() + "\"}";

    @Test
    void asksForAPacket() {
        assertArrayEquals(Samples.ascii(JSON), new QueryBody(Samples.REQUESTER).toJson());
        assertEquals(new QueryBody(Samples.REQUESTER), Samples.body(PacketType.QUERY, JSON));
    }

    @Test
    void toleratesFurtherKeys() {
        assertEquals(
                new QueryBody(Samples.REQUESTER), Samples.body(PacketType.QUERY, JSON.replace("}", ",\"since\":1}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "12345", "[]", "{\"packetId\":1}", "{\"packetId\":\"00\"}", "{\"question\":1}", "\0"
            })
    void takesAnythingElseForAnotherQuestion(String message) {
        assertEquals(new QueryBody(null), Samples.body(PacketType.QUERY, message));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntroTest {

    private static final String JSON = "{\"requesterPeerId\":\"" + Samples.REQUESTER.hex() + "\",\"responderPeerId\":\""
            + Samples.RESPONDER.hex()
            + "\",\"isRendezvous\":false,\"natType\":7,\"address\":\"10.0.0.1\",\"port\":65535}";

    private final Intro intro = new Intro(Samples.REQUESTER, Samples.RESPONDER, false, 7, "10.0.0.1", 65535, null);

    @Test
    void readsAndWritesTheReferencesKeys() {
        assertArrayEquals(Samples.ascii(JSON), intro.toJson());
        assertEquals(intro, Samples.body(PacketType.INTRO, JSON));
    }

    @Test
    void acceptsATimestamp() {
        String json = JSON.replace("}", ",\"timestamp\":1700000000000}");
        assertArrayEquals(Samples.ascii(json), ((Intro) Samples.body(PacketType.INTRO, json)).toJson());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MISSING_KEY|,\"port\":65535|",
                "MISSING_KEY|\"natType\":7,|",
                "MISSING_KEY|\"address\":\"10.0.0.1\",|",
                "BAD_VALUE|\"10.0.0.1\"|null",
                "BAD_ADDRESS|10.0.0.1|host",
                "BAD_PORT|65535|65536",
                "BAD_NAT_TYPE|:7|:8",
                "BAD_VALUE|:false|:0",
                "UNKNOWN_KEY|isRendezvous|isrendezvous"
            })
    void rejectsWhatIsMissingOrWrong(DropReason reason, String original, String replacement) {
        String json = JSON.replace(original, replacement == null ? "" : replacement);
        assertEquals(new Malformed(reason), Samples.body(PacketType.INTRO, json));
    }
}

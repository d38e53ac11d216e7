// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinTest {

    private static final String KEY = base64(0xff) + ":" + base64(0x3f);
    private static final String PLAIN = "{\"requesterPeerId\":\"" + Samples.REQUESTER.hex()
            + "\",\"natType\":31,\"address\":\"192.0.2.7\",\"port\":1,\"key\":\"" + KEY + "\"}";
    private static final String ANNOTATED = PLAIN.replace(
            "}",
            ",\"rendezvousAddress\":\"192.0.2.8\",\"rendezvousPort\":2,\"rendezvousType\":31,\"rendezvousPeerId\":\""
                    + Samples.RESPONDER.hex()
                    + "\",\"rendezvousDeadline\":1700000030000}");

    @Test
    @Tag("case-18")
    void announcesAsTheReferenceDoes() {
        Join join = Join.announcing(Samples.REQUESTER, 31, "192.0.2.7", 1, KEY);
        assertArrayEquals(Samples.ascii(PLAIN), join.toJson());
        assertEquals(join, Samples.body(PacketType.JOIN, PLAIN));
    }

    @Test
    void carriesARendezvous() {
        Join join = assertInstanceOf(Join.class, Samples.body(PacketType.JOIN, ANNOTATED));
        assertEquals(Samples.RESPONDER, join.rendezvousPeerId());
        assertEquals(1_700_000_030_000L, join.rendezvousDeadline());
        assertArrayEquals(Samples.ascii(ANNOTATED), join.toJson());
    }

    @Test
    void acceptsTheAnswerThroughARendezvous() {
        String json = PLAIN.replace(
                "\"key\":\"" + KEY + "\"",
                "\"rendezvousType\":31,\"rendezvousRequesterPeerId\":\"" + Samples.RESPONDER.hex() + "\"");
        Join join = assertInstanceOf(Join.class, Samples.body(PacketType.JOIN, json));
        assertEquals(Samples.RESPONDER, join.rendezvousRequesterPeerId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAD_VALUE|\"192.0.2.7\"|null",
                "BAD_ADDRESS|192.0.2.8|rendezvous.example",
                "BAD_PORT|Port\":2|Port\":0",
                "BAD_NAT_TYPE|Type\":31|Type\":1",
                "BAD_ID|\"b2|\"",
                "BAD_VALUE|1700000030000|-1",
                "MISSING_KEY|\"natType\":31,|",
                "UNKNOWN_KEY|rendezvousDeadline|deadline"
            })
    void rejectsWhatIsMissingOrWrong(DropReason reason, String original, String replacement) {
        String json = ANNOTATED.replace(original, replacement == null ? "" : replacement);
        assertEquals(new Malformed(reason), Samples.body(PacketType.JOIN, json));
    }

    @Test
    void rejectsAKeyThatIsTooLong() {
        String json = PLAIN.replace(KEY, KEY + "=");
        assertEquals(new Malformed(DropReason.BAD_VALUE), Samples.body(PacketType.JOIN, json));
    }

    @Test
    void rejectsTheEmptyObject() {
        assertEquals(new Malformed(DropReason.MISSING_KEY), Samples.body(PacketType.JOIN, "{}"));
    }

    @Test
    @Tag("case-41")
    void refusesToWriteAJoinThatEndsReferencePeers() {
        Join noType = Join.announcing(Samples.REQUESTER, null, "192.0.2.7", 1, KEY);
        Join noAddress = Join.announcing(Samples.REQUESTER, 31, null, 1, KEY);
        Join noPort = Join.announcing(Samples.REQUESTER, 31, "192.0.2.7", null, KEY);
        assertThrows(IllegalArgumentException.class, noType::toJson);
        assertThrows(IllegalArgumentException.class, noAddress::toJson);
        assertThrows(IllegalArgumentException.class, noPort::toJson);
    }

    private static String base64(int b) {
        return Base64.getEncoder().encodeToString(Samples.id(b).bytes());
    }
}

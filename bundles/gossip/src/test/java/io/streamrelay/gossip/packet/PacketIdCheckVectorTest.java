// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PacketIdCheckVectorTest {

    @Test
    void acceptsEveryPacketOfEveryMessage() {
        for (JsonNode message : Vectors.read("messages.json")) {
            List<Packet> packets = Vectors.elements(message.get("packets"))
                    .map(hex -> Vectors.packet(Vectors.bytes(hex)))
                    .toList();
            Packet previous = null;
            for (Packet packet : packets) {
                assertEquals(PacketIdCheck.Verdict.VALID, PacketIdCheck.check(packet, previous));
                previous = packet;
            }
        }
    }

    @Test
    void acceptsEveryControlPacketWithItsDigest() {
        for (Packet packet : Vectors.controlPackets()) {
            assertEquals(PacketIdCheck.Verdict.VALID, PacketIdCheck.check(packet, null));
        }
    }

    @Test
    @Tag("case-42")
    void acceptsTheHeadThatTheReferenceHasAltered() {
        JsonNode vectors = Vectors.read("deterministic.json");
        JsonNode head = vectors.get("packets").get("publish.fragment.0");
        String altered = vectors.get("compose").get("headJsonAfterCompose").textValue();
        assertFalse(altered.equals(head.get("message").toString()));
        Packet packet = Packet.builder(PacketType.PUBLISH)
                .index(0)
                .set(Field.PACKET, Vectors.bytes(head.get("packetId")))
                .message(altered.getBytes(StandardCharsets.UTF_8))
                .build();
        assertEquals(PacketIdCheck.Verdict.VALID, PacketIdCheck.check(packet, null));
    }
}

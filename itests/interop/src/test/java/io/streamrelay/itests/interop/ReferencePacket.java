// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.Id;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A packet that arrived at a reference peer.
 *
 * @param type the number on the wire
 * @param message the body; JSON is written anew
 */
public record ReferencePacket(
        int type, int hops, int index, Id packetId, byte[] usr1, byte[] usr3, byte[] usr4, byte[] message) {

    static ReferencePacket of(JsonNode told) {
        return new ReferencePacket(
                told.get("type").asInt(),
                told.get("hops").asInt(),
                told.get("index").asInt(),
                Id.ofHex(told.get("packetId").asText()),
                bytes(told, "usr1"),
                bytes(told, "usr3"),
                bytes(told, "usr4"),
                Base64.getDecoder().decode(told.get("message").asText()));
    }

    private static byte[] bytes(JsonNode told, String field) {
        return HexFormat.of().parseHex(told.get(field).asText());
    }
}

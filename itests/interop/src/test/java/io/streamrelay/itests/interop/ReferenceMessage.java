// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.Id;
import java.util.Base64;

/**
 * A message that a reference peer heard.
 *
 * @param event the event's name
 * @param payload the opened payload
 * @param verified whether the reference found the sender's signature right
 * @param streamed whether it came as a stream to that peer alone
 * @param packetId the (composed) packet's id
 */
public record ReferenceMessage(String event, byte[] payload, boolean verified, boolean streamed, Id packetId) {

    static ReferenceMessage of(JsonNode told) {
        return new ReferenceMessage(
                told.get("name").asText(),
                Base64.getDecoder().decode(told.get("payload").asText()),
                told.get("verified").asBoolean(),
                told.get("streamed").asBoolean(),
                Id.ofHex(told.get("packetId").asText()));
    }
}

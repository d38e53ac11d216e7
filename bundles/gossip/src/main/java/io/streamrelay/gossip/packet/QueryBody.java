// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;

/**
 * The body of a query: any JSON, or, in answers, anything at all.
 *
 * @param packetId the packet that is asked for, or null when the body asks for something else
 */
public record QueryBody(Id packetId) implements Body, JsonBody {

    static QueryBody read(Packet packet) {
        try {
            return new QueryBody(JsonFields.read(packet).id("packetId"));
        } catch (BadBody e) {
            return new QueryBody(null);
        }
    }

    /** The body of a question for a packet. */
    @Override
    public JsonText json() {
        return new JsonObject().id("packetId", packetId).end();
    }
}

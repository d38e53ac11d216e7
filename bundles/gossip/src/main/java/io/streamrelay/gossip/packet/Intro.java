// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;

/**
 * The body of an intro.
 *
 * @param requester the peer that is introduced
 * @param responder the peer that introduces it
 * @param isRendezvous whether a third peer arranged it
 * @param natType the NAT type of the peer that is introduced
 * @param address its literal IPv4 address
 * @param port its port, 1 to 65535
 * @param timestamp unused, or null
 */
public record Intro(
        Id requester, Id responder, boolean isRendezvous, int natType, String address, int port, Long timestamp)
        implements Body, JsonBody {

    static Intro read(JsonFields fields) throws BadBody {
        Intro intro = new Intro(
                fields.requiredId("requesterPeerId"),
                fields.requiredId("responderPeerId"),
                fields.flag("isRendezvous"),
                JsonFields.required(fields.natType("natType")),
                JsonFields.required(fields.address("address")),
                JsonFields.required(fields.port("port")),
                fields.count("timestamp"));
        fields.end();
        return intro;
    }

    /** The body as the reference writes it. */
    @Override
    public JsonText json() {
        return new JsonObject()
                .id("requesterPeerId", requester)
                .id("responderPeerId", responder)
                .bool("isRendezvous", isRendezvous)
                .natType("natType", natType)
                .address("address", address)
                .port("port", port)
                .number("timestamp", timestamp)
                .end();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;

/**
 * The body of a join: where its requester is. A peer that anybody can reach adds itself as a rendezvous when it passes
 * the join on, so that members can answer through it. What may be absent is null.
 *
 * @param requester who takes part
 * @param natType its NAT type
 * @param address its literal IPv4 address
 * @param port its port, 1 to 65535
 * @param key the cluster's id and the subcluster's id, each in base64, with a colon between, or null
 * @param rendezvousAddress the rendezvous' literal IPv4 address, or null
 * @param rendezvousPort the rendezvous' port, 1 to 65535, or null
 * @param rendezvousType the rendezvous' NAT type, or null
 * @param rendezvousPeerId the rendezvous, or null
 * @param rendezvousDeadline until when answers are of use, milliseconds since 1970, or null
 * @param rendezvousRequesterPeerId whose join is answered, or null
 * @param isConnection unused by the reference
 */
public record Join(
        Id requester,
        Integer natType,
        String address,
        Integer port,
        String key,
        String rendezvousAddress,
        Integer rendezvousPort,
        Integer rendezvousType,
        Id rendezvousPeerId,
        Long rendezvousDeadline,
        Id rendezvousRequesterPeerId,
        boolean isConnection)
        implements Body, JsonBody {

    /** Two ids in base64 and a colon have 89 characters. */
    private static final int KEY_MAX = 89;

    /** A plain join, without any rendezvous. */
    public static Join announcing(Id requester, Integer natType, String address, Integer port, String key) {
        return new Join(requester, natType, address, port, key, null, null, null, null, null, null, false);
    }

    static Join read(JsonFields fields) throws BadBody {
        Join join = new Join(
                fields.requiredId("requesterPeerId"),
                JsonFields.required(fields.natType("natType")),
                JsonFields.required(fields.address("address")),
                JsonFields.required(fields.port("port")),
                fields.text("key", KEY_MAX),
                fields.address("rendezvousAddress"),
                fields.port("rendezvousPort"),
                fields.natType("rendezvousType"),
                fields.id("rendezvousPeerId"),
                fields.count("rendezvousDeadline"),
                fields.id("rendezvousRequesterPeerId"),
                fields.flag("isConnection"));
        fields.end();
        return join;
    }

    /**
     * The body as the reference writes it.
     *
     * @throws IllegalArgumentException without a NAT type, a literal address and a port: a reference peer may end
     *     when it gets such a join (protocol-v6 D19)
     */
    @Override
    public JsonText json() {
        if (natType == null || address == null || port == null) {
            throw new IllegalArgumentException("a join says its NAT type, address and port: " + this);
        }
        return new JsonObject()
                .id("requesterPeerId", requester)
                .natType("natType", natType)
                .address("address", address)
                .port("port", port)
                .text("key", key)
                .flag("isConnection", isConnection)
                .address("rendezvousAddress", rendezvousAddress)
                .port("rendezvousPort", rendezvousPort)
                .natType("rendezvousType", rendezvousType)
                .id("rendezvousPeerId", rendezvousPeerId)
                .number("rendezvousDeadline", rendezvousDeadline)
                .id("rendezvousRequesterPeerId", rendezvousRequesterPeerId)
                .end();
    }
}

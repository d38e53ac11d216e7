// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;

/**
 * The body of a pong. What may be absent is null.
 *
 * @param requester who asked
 * @param responder who answers
 * @param cacheSummaryHash the SHA-1 over what the responder holds, 40 hex digits, or null
 * @param port the port that the ping was seen to come from, 1 to 65535, or null
 * @param address the literal IPv4 address that the ping was seen to come from, or null
 * @param uptime how long the responder has run, in milliseconds, or null
 * @param cacheSize how many packets the responder holds, or null
 * @param natType the responder's NAT type, or null
 * @param isReflection whether the ping wanted to know where it was seen
 * @param isConnection whether the responder takes the requester for a peer
 * @param reflectionId as in the ping, or null
 * @param pingId as in the ping, or null
 * @param isDebug unused
 * @param isProbe whether the ping came from a probe socket
 * @param rejected unused
 */
public record Pong(
        Id requester,
        Id responder,
        String cacheSummaryHash,
        Integer port,
        String address,
        Long uptime,
        Long cacheSize,
        Integer natType,
        boolean isReflection,
        boolean isConnection,
        String reflectionId,
        String pingId,
        boolean isDebug,
        boolean isProbe,
        boolean rejected)
        implements Body, JsonBody {

    static Pong read(JsonFields fields) throws BadBody {
        Pong pong = new Pong(
                fields.requiredId("requesterPeerId"),
                fields.requiredId("responderPeerId"),
                fields.hex("cacheSummaryHash", 40, 40),
                fields.port("port"),
                fields.address("address"),
                fields.count("uptime"),
                fields.count("cacheSize"),
                fields.natType("natType"),
                fields.flag("isReflection"),
                fields.flag("isConnection"),
                fields.hex("reflectionId", 12, 12),
                fields.hex("pingId", 12, 13),
                fields.flag("isDebug"),
                fields.flag("isProbe"),
                fields.flag("rejected"));
        fields.end();
        return pong;
    }

    /** The body as the reference writes it; flags that are not set are left out. */
    @Override
    public JsonText json() {
        return new JsonObject()
                .number("cacheSize", cacheSize)
                .number("uptime", uptime)
                .id("responderPeerId", responder)
                .id("requesterPeerId", requester)
                .port("port", port)
                .flag("isProbe", isProbe)
                .address("address", address)
                .text("reflectionId", reflectionId)
                .text("pingId", pingId)
                .flag("isReflection", isReflection)
                .natType("natType", natType)
                .flag("isConnection", isConnection)
                .flag("isDebug", isDebug)
                .flag("rejected", rejected)
                .text("cacheSummaryHash", cacheSummaryHash)
                .end();
    }

    /** Begins a pong in which everything optional is absent. */
    public static Builder builder(Id requester, Id responder) {
        return new Builder(requester, responder);
    }

    /** Collects what a pong says. */
    public static final class Builder {

        private final Id requester;
        private final Id responder;
        private String cacheSummaryHash;
        private Integer port;
        private String address;
        private Long uptime;
        private Long cacheSize;
        private Integer natType;
        private boolean isReflection;
        private boolean isConnection;
        private String reflectionId;
        private String pingId;
        private boolean isProbe;

        private Builder(Id requester, Id responder) {
            this.requester = requester;
            this.responder = responder;
        }

        public Builder cacheSummaryHash(String value) {
            cacheSummaryHash = value;
            return this;
        }

        public Builder port(Integer value) {
            port = value;
            return this;
        }

        public Builder address(String value) {
            address = value;
            return this;
        }

        public Builder uptime(Long value) {
            uptime = value;
            return this;
        }

        public Builder cacheSize(Long value) {
            cacheSize = value;
            return this;
        }

        public Builder natType(Integer value) {
            natType = value;
            return this;
        }

        public Builder isReflection(boolean value) {
            isReflection = value;
            return this;
        }

        public Builder isConnection(boolean value) {
            isConnection = value;
            return this;
        }

        public Builder reflectionId(String value) {
            reflectionId = value;
            return this;
        }

        public Builder pingId(String value) {
            pingId = value;
            return this;
        }

        public Builder isProbe(boolean value) {
            isProbe = value;
            return this;
        }

        public Pong build() {
            return new Pong(
                    requester,
                    responder,
                    cacheSummaryHash,
                    port,
                    address,
                    uptime,
                    cacheSize,
                    natType,
                    isReflection,
                    isConnection,
                    reflectionId,
                    pingId,
                    false,
                    isProbe,
                    false);
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;

/**
 * The body of a ping. What may be absent is null.
 *
 * @param requester who asks
 * @param cacheSummaryHash the SHA-1 over what it holds, 40 hex digits, or null
 * @param probeExternalPort where it wants a second answer from the probe socket, 1 to 65535, or null
 * @param reflectionId names its attempt to find its NAT type, 12 hex digits, or null
 * @param pingId comes back in the pong, 12 or 13 hex digits, or null
 * @param natType its NAT type, or null while it does not know
 * @param uptime how long it has run, in milliseconds, or null
 * @param cacheSize how many packets it holds, or null
 * @param isConnection whether it wants to be taken for a peer
 * @param isReflection whether it wants to know where it was seen
 * @param isProbe whether it came from its probe socket
 * @param isDebug unused
 * @param timestamp its wall clock, milliseconds since 1970, or null
 */
public record Ping(
        Id requester,
        String cacheSummaryHash,
        Integer probeExternalPort,
        String reflectionId,
        String pingId,
        Integer natType,
        Long uptime,
        Long cacheSize,
        boolean isConnection,
        boolean isReflection,
        boolean isProbe,
        boolean isDebug,
        Long timestamp)
        implements Body, JsonBody {

    static Ping read(JsonFields fields) throws BadBody {
        Ping ping = new Ping(
                fields.requiredId("requesterPeerId"),
                fields.hex("cacheSummaryHash", 40, 40),
                fields.port("probeExternalPort"),
                fields.hex("reflectionId", 12, 12),
                fields.hex("pingId", 12, 13),
                fields.natTypeOrNull("natType"),
                fields.count("uptime"),
                fields.count("cacheSize"),
                fields.flag("isConnection"),
                fields.flag("isReflection"),
                fields.flag("isProbe"),
                fields.flag("isDebug"),
                fields.count("timestamp"));
        fields.end();
        return ping;
    }

    /** The body as the reference writes it; flags that are not set are left out. */
    @Override
    public JsonText json() {
        return new JsonObject()
                .id("requesterPeerId", requester)
                .natType("natType", natType)
                .number("cacheSize", cacheSize)
                .flag("isConnection", isConnection)
                .text("cacheSummaryHash", cacheSummaryHash)
                .flag("isReflection", isReflection)
                .text("reflectionId", reflectionId)
                .text("pingId", pingId)
                .flag("isProbe", isProbe)
                .port("probeExternalPort", probeExternalPort)
                .flag("isDebug", isDebug)
                .number("uptime", uptime)
                .number("timestamp", timestamp)
                .end();
    }

    /** Begins a ping in which everything optional is absent. */
    public static Builder builder(Id requester) {
        return new Builder(requester);
    }

    /** Collects what a ping says. */
    public static final class Builder {

        private final Id requester;
        private String cacheSummaryHash;
        private Integer probeExternalPort;
        private String reflectionId;
        private String pingId;
        private Integer natType;
        private Long uptime;
        private Long cacheSize;
        private boolean isConnection;
        private boolean isReflection;
        private boolean isProbe;
        private Long timestamp;

        private Builder(Id requester) {
            this.requester = requester;
        }

        public Builder cacheSummaryHash(String value) {
            cacheSummaryHash = value;
            return this;
        }

        public Builder probeExternalPort(Integer value) {
            probeExternalPort = value;
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

        public Builder natType(Integer value) {
            natType = value;
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

        public Builder isConnection(boolean value) {
            isConnection = value;
            return this;
        }

        public Builder isReflection(boolean value) {
            isReflection = value;
            return this;
        }

        public Builder isProbe(boolean value) {
            isProbe = value;
            return this;
        }

        public Builder timestamp(Long value) {
            timestamp = value;
            return this;
        }

        public Ping build() {
            return new Ping(
                    requester,
                    cacheSummaryHash,
                    probeExternalPort,
                    reflectionId,
                    pingId,
                    natType,
                    uptime,
                    cacheSize,
                    isConnection,
                    isReflection,
                    isProbe,
                    false,
                    timestamp);
        }
    }
}

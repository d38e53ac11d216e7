// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import java.util.List;

/**
 * The settings of an engine. They may change while it runs, all but {@code self} and {@code cluster}.
 *
 * @param self this node's peer id
 * @param cluster the cluster's id
 * @param indexed whether this node is a well-known peer
 * @param natType what stands before it; {@link NatType#UNKNOWN} = find out
 * @param publicEndpoint what to advertise instead of what others report, as {@code address:port}, or null
 * @param bootstrap {@code host:port} or {@code peerId@host:port}, tried while too few peers are connected
 * @param heartbeatMs how often each peer is pinged, 1,000 to 25,000 ms; a reference peer forgets us after one missed
 *     keepalive of 30,000 ms (protocol-v6 D13)
 * @param carriedBytesMax how many bytes of packets are held that others made
 * @param backlogBytesMax how many bytes of own packets are held
 * @param relayForeign whether other clusters' packets are carried and passed on
 * @param messageBytesMax the largest sealed message that is sent or composed
 * @param backlogKilobitsPerSecond how fast what is not new leaves on each link, 8 to 1,000,000; 0 = as fast as the link
 *     carries it
 */
public record EngineConfig(
        Id self,
        Id cluster,
        boolean indexed,
        NatType natType,
        String publicEndpoint,
        List<String> bootstrap,
        long heartbeatMs,
        long carriedBytesMax,
        long backlogBytesMax,
        boolean relayForeign,
        int messageBytesMax,
        int backlogKilobitsPerSecond) {

    /** Ours; the reference uses any. */
    public static final int DEFAULT_PORT = 19_777;

    /** RFC 8445 section 11 keeps NAT mappings alive by as much; D13 asks for well under 30 s with a reference peer. */
    public static final long DEFAULT_HEARTBEAT_MS = 15_000;

    /** The reference's cache of 16 MB (packets.js, 16e6 / PACKET_BYTES entries). */
    public static final long DEFAULT_CARRIED_BYTES = 16L << 20;

    /** A guess: half a day of a busy gateway. */
    public static final long DEFAULT_BACKLOG_BYTES = 256L << 20;

    /** 1 MB of payload and what sealing and the envelope add. */
    public static final int DEFAULT_MESSAGE_BYTES = (1 << 20) + 4096;

    /** One of the largest packets takes 1.4 s then: for 3 s the other expects more, and does not compare. */
    public static final int BACKLOG_KILOBITS_MIN = 8;

    public static final int BACKLOG_KILOBITS_MAX = 1_000_000;

    public EngineConfig {
        bootstrap = List.copyOf(bootstrap);
        if (heartbeatMs < 1_000 || heartbeatMs > 25_000) {
            throw new IllegalArgumentException("heartbeatMs: " + heartbeatMs + " is not between 1,000 and 25,000");
        }
        if (!isBacklogRate(backlogKilobitsPerSecond)) {
            throw new IllegalArgumentException("backlogKilobitsPerSecond: " + backlogKilobitsPerSecond
                    + " is neither 0 nor between 8 and 1,000,000");
        }
    }

    /** A backlog leaves as fast as the link carries it. */
    public EngineConfig(
            Id self,
            Id cluster,
            boolean indexed,
            NatType natType,
            String publicEndpoint,
            List<String> bootstrap,
            long heartbeatMs,
            long carriedBytesMax,
            long backlogBytesMax,
            boolean relayForeign,
            int messageBytesMax) {
        this(
                self,
                cluster,
                indexed,
                natType,
                publicEndpoint,
                bootstrap,
                heartbeatMs,
                carriedBytesMax,
                backlogBytesMax,
                relayForeign,
                messageBytesMax,
                0);
    }

    /** Whether a backlog may be told to leave so fast. */
    public static boolean isBacklogRate(int kilobitsPerSecond) {
        return kilobitsPerSecond == 0
                || kilobitsPerSecond >= BACKLOG_KILOBITS_MIN && kilobitsPerSecond <= BACKLOG_KILOBITS_MAX;
    }

    /** The same with another rate for what is not new. */
    public EngineConfig withBacklogRate(int kilobitsPerSecond) {
        return new EngineConfig(
                self,
                cluster,
                indexed,
                natType,
                publicEndpoint,
                bootstrap,
                heartbeatMs,
                carriedBytesMax,
                backlogBytesMax,
                relayForeign,
                messageBytesMax,
                kilobitsPerSecond);
    }

    /** Everything at its default. */
    public static EngineConfig of(Id self, Id cluster, List<String> bootstrap) {
        return new EngineConfig(
                self,
                cluster,
                false,
                NatType.UNKNOWN,
                null,
                bootstrap,
                DEFAULT_HEARTBEAT_MS,
                DEFAULT_CARRIED_BYTES,
                DEFAULT_BACKLOG_BYTES,
                true,
                DEFAULT_MESSAGE_BYTES);
    }
}

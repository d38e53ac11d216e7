// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.api.config.Settings;
import io.streamrelay.api.transport.TransportOptions;
import io.streamrelay.gossip.engine.EngineConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a node.
 *
 * @param directory where its identity and its store lie
 * @param cluster the cluster's id
 * @param address the local IPv4 address to bind to; {@code 0.0.0.0} for all
 * @param port its UDP port; 0 = any
 * @param probePort its second UDP port; 0 = any
 * @param peers peers to begin with, {@code host:port} or {@code peerId@host:port}
 * @param indexed whether this node is a well-known peer
 * @param natType what stands before it; {@link NatType#UNKNOWN} = find out
 * @param publicAddress {@code address:port} to advertise instead of what others report, or null; without a port, with
 *     this node's
 * @param lanDiscovery whether peers are looked for on this host's own networks
 * @param keepAliveSeconds how often each peer is pinged, 1 to 25
 * @param storeMegabytes how much is carried for others, 1 to 1,048,576
 * @param backlogMegabytes how much of its own waits to be passed on, 1 to 1,048,576
 * @param backlogKilobitsPerSecond how fast what is not new leaves on each link, 8 to 1,000,000; 0 = as fast as the link
 *     carries it
 * @param relayForeign whether other clusters' packets are carried
 */
public record NodeConfig(
        Path directory,
        Id cluster,
        String address,
        int port,
        int probePort,
        List<String> peers,
        boolean indexed,
        NatType natType,
        String publicAddress,
        boolean lanDiscovery,
        int keepAliveSeconds,
        int storeMegabytes,
        int backlogMegabytes,
        int backlogKilobitsPerSecond,
        boolean relayForeign) {

    /** Where peers look for each other. */
    public static final int DEFAULT_PORT = EngineConfig.DEFAULT_PORT;

    /** The name of the cluster of those who have not chosen one. */
    public static final String DEFAULT_CLUSTER = "streamrelay";

    /** @throws io.streamrelay.api.config.ConfigurationException naming the key, the value and what is allowed */
    public NodeConfig {
        NodeRules.number("port", port, 0, NodeRules.PORT_MAX);
        NodeRules.number("probePort", probePort, 0, NodeRules.PORT_MAX);
        NodeRules.otherPort(port, probePort);
        NodeRules.number("keepAliveSeconds", keepAliveSeconds, 1, NodeRules.KEEP_ALIVE_SECONDS_MAX);
        NodeRules.number("storeMegabytes", storeMegabytes, 1, NodeRules.MEGABYTES_MAX);
        NodeRules.number("backlogMegabytes", backlogMegabytes, 1, NodeRules.MEGABYTES_MAX);
        NodeRules.backlogRate(backlogKilobitsPerSecond);
        NodeRules.address(address);
        NodeRules.peers(peers);
        peers = List.copyOf(peers);
        publicAddress = NodeRules.publicAddress(publicAddress, port);
    }

    /** Everything at its default, in this folder. */
    public static NodeConfigBuilder builder(Path directory) {
        return new NodeConfigBuilder(directory);
    }

    /**
     * Reads the settings of the PID io.streamrelay.node.
     *
     * @param defaultDirectory where to put a node whose settings name no folder
     * @throws io.streamrelay.api.config.ConfigurationException naming the key, the value and what is allowed
     */
    public static NodeConfig from(Settings settings, Path defaultDirectory) {
        return NodeSettings.read(settings, defaultDirectory);
    }

    /** The protocol's way from a cluster's name to its id. */
    public static Id clusterId(String name) {
        return Identity.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    EngineConfig engine(Id self) {
        return new EngineConfig(
                self,
                cluster,
                indexed,
                natType,
                publicAddress,
                peers,
                keepAliveSeconds * 1_000L,
                affordable(storeMegabytes),
                affordable(backlogMegabytes),
                relayForeign,
                EngineConfig.DEFAULT_MESSAGE_BYTES,
                backlogKilobitsPerSecond);
    }

    /**
     * Packets are held in memory: what is configured, but at most a quarter of the heap, so that a backlog is felt by
     * publishers and never ends the gateway.
     */
    private static long affordable(int megabytes) {
        return Math.min((long) megabytes << 20, Runtime.getRuntime().maxMemory() / 4);
    }

    TransportOptions transport() {
        return new TransportOptions(
                address,
                port,
                probePort,
                TransportOptions.DEFAULT_BUFFER_BYTES,
                TransportOptions.DEFAULT_PACKETS_PER_SECOND,
                TransportOptions.DEFAULT_QUEUE_PACKETS);
    }

    /** Whether both use the same sockets. */
    boolean sameSockets(NodeConfig other) {
        return transport().equals(other.transport());
    }

    /** Whether a running node can change from one to the other. */
    public boolean sameNode(NodeConfig other) {
        return directory.equals(other.directory) && cluster.equals(other.cluster);
    }
}

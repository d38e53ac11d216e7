// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.engine.EngineConfig;
import java.nio.file.Path;
import java.util.List;

/** Builds the settings of a node step by step. */
public final class NodeConfigBuilder {

    private final Path directory;
    private Id cluster = NodeConfig.clusterId(NodeConfig.DEFAULT_CLUSTER);
    private String address = "0.0.0.0";
    private int port = NodeConfig.DEFAULT_PORT;
    private int probePort;
    private List<String> peers = List.of();
    private boolean indexed;
    private NatType natType = NatType.UNKNOWN;
    private String publicAddress;
    private boolean lanDiscovery = true;
    private int keepAliveSeconds = (int) (EngineConfig.DEFAULT_HEARTBEAT_MS / 1_000);
    private int storeMegabytes = (int) (EngineConfig.DEFAULT_CARRIED_BYTES >> 20);
    private int backlogMegabytes = (int) (EngineConfig.DEFAULT_BACKLOG_BYTES >> 20);
    private int backlogKilobitsPerSecond;
    private boolean relayForeign = true;

    NodeConfigBuilder(Path directory) {
        this.directory = directory;
    }

    public NodeConfigBuilder cluster(Id id) {
        cluster = id;
        return this;
    }

    /** The cluster of this name. */
    public NodeConfigBuilder cluster(String name) {
        return cluster(NodeConfig.clusterId(name));
    }

    public NodeConfigBuilder address(String ipv4) {
        address = ipv4;
        return this;
    }

    /** 0 = any. */
    public NodeConfigBuilder port(int udpPort) {
        port = udpPort;
        return this;
    }

    /** 0 = any. */
    public NodeConfigBuilder probePort(int udpPort) {
        probePort = udpPort;
        return this;
    }

    /** Each {@code host:port} or {@code peerId@host:port}. */
    public NodeConfigBuilder peers(String... addresses) {
        peers = List.of(addresses);
        return this;
    }

    public NodeConfigBuilder peers(List<String> addresses) {
        peers = addresses;
        return this;
    }

    public NodeConfigBuilder indexed(boolean wellKnown) {
        indexed = wellKnown;
        return this;
    }

    public NodeConfigBuilder natType(NatType type) {
        natType = type;
        return this;
    }

    /** {@code address:port}, or {@code address} with the node's port. */
    public NodeConfigBuilder publicAddress(String endpoint) {
        publicAddress = endpoint;
        return this;
    }

    public NodeConfigBuilder lanDiscovery(boolean look) {
        lanDiscovery = look;
        return this;
    }

    /** 1 to 25. */
    public NodeConfigBuilder keepAliveSeconds(int seconds) {
        keepAliveSeconds = seconds;
        return this;
    }

    public NodeConfigBuilder storeMegabytes(int megabytes) {
        storeMegabytes = megabytes;
        return this;
    }

    public NodeConfigBuilder backlogMegabytes(int megabytes) {
        backlogMegabytes = megabytes;
        return this;
    }

    /** 8 to 1,000,000; 0 = as fast as the link carries it. */
    public NodeConfigBuilder backlogKilobitsPerSecond(int kilobits) {
        backlogKilobitsPerSecond = kilobits;
        return this;
    }

    public NodeConfigBuilder relayForeign(boolean relay) {
        relayForeign = relay;
        return this;
    }

    /** @throws io.streamrelay.api.config.ConfigurationException naming the key, the value and what is allowed */
    public NodeConfig build() {
        return new NodeConfig(
                directory,
                cluster,
                address,
                port,
                probePort,
                peers,
                indexed,
                natType,
                publicAddress,
                lanDiscovery,
                keepAliveSeconds,
                storeMegabytes,
                backlogMegabytes,
                backlogKilobitsPerSecond,
                relayForeign);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.transport.DatagramTransport;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.NodeConfigBuilder;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.file.Path;

/** Our node in plain Java, on any port of 127.0.0.1. */
final class LoopbackNode {

    private static final String LOOPBACK = "127.0.0.1";

    private LoopbackNode() {}

    static StreamRelayNode open(Path folder, String cluster, String... peers) throws IOException {
        return open(onLoopback(folder, cluster).peers(peers).build(), new UdpTransport());
    }

    /** One that takes itself for reachable by anybody, whatever a wire tap makes of its address. */
    static StreamRelayNode openUnrestricted(Path folder, String cluster) throws IOException {
        return open(onLoopback(folder, cluster).natType(NatType.UNRESTRICTED).build(), new UdpTransport());
    }

    private static NodeConfigBuilder onLoopback(Path folder, String cluster) {
        return NodeConfig.builder(folder).cluster(cluster).address(LOOPBACK).port(0);
    }

    /** Behind a NAT. */
    static StreamRelayNode open(Path folder, String cluster, NatTransport nat, String... peers) throws IOException {
        return open(NodeConfig.builder(folder).cluster(cluster).peers(peers).build(), nat);
    }

    private static StreamRelayNode open(NodeConfig config, DatagramTransport transport) throws IOException {
        return new StreamRelayNode(config, new BouncyKeyRing(), transport, new MemoryPacketStoreFactory());
    }

    static Endpoint endpoint(StreamRelay node) {
        return Endpoint.of(LOOPBACK, node.info().port());
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is several nodes of ours, one on each public address of its host, and a member of no subcluster: they
 * tell others what these are behind, introduce them, and relay for them.
 *
 * <p>Command: {@code start} ({@code folder}, {@code cluster}, {@code addresses}).
 */
public final class OpenNodes {

    private final List<StreamRelayNode> nodes = new ArrayList<>();

    private OpenNodes() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        new CommandLoop().on("start", new OpenNodes()::start).run();
        Runtime.getRuntime().halt(0);
    }

    private ObjectNode start(JsonNode options) throws IOException {
        List<String> started = new ArrayList<>();
        for (JsonNode address : options.get("addresses")) {
            NodeConfig config = NodeConfig.builder(Path.of(options.get("folder").asText(), address.asText()))
                    .cluster(options.get("cluster").asText())
                    .address(address.asText())
                    .peers(started)
                    .build();
            nodes.add(new StreamRelayNode(
                    config, new BouncyKeyRing(), new UdpTransport(), new MemoryPacketStoreFactory()));
            started.add(address.asText() + ":" + NodeConfig.DEFAULT_PORT);
        }
        return CommandLoop.line();
    }
}

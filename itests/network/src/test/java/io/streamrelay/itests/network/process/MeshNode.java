// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.Received;
import io.streamrelay.api.RemotePeer;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.store.SqlitePacketStoreFactory;
import io.streamrelay.transport.MulticastDiscovery;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that is one node of ours in plain Java. It obeys the commands {@code start}, {@code subcluster},
 * {@code on}, {@code emit}, {@code stream} and {@code stats} as the reference peer does (itests/interop/README.md), so
 * that one handle drives both; {@code start} takes {@code folder} and {@code peers}, too. On its own networks it looks for others.
 */
public final class MeshNode {

    private static final int COMMIT_SECONDS_MAX = 20;

    private final CommandLoop loop = new CommandLoop()
            .on("start", this::start)
            .on("subcluster", this::subcluster)
            .on("on", this::listen)
            .on("emit", this::emit)
            .on("stream", this::stream)
            .on("stats", options -> stats());
    private final Map<String, RemotePeer> joined = new ConcurrentHashMap<>();
    private StreamRelay node;

    private MeshNode() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        new MeshNode().loop.run();
        // The threads of the node are alive: this is a host that is switched off, not one that says goodbye.
        Runtime.getRuntime().halt(0);
    }

    private ObjectNode start(JsonNode options) throws IOException {
        List<String> peers = new ArrayList<>();
        options.path("peers").forEach(peer -> peers.add(peer.asText()));
        NodeConfig config = NodeConfig.builder(Path.of(options.get("folder").asText()))
                .cluster(options.get("cluster").asText())
                .peers(peers)
                .port(options.path("port").asInt(NodeConfig.DEFAULT_PORT))
                .build();
        node = new StreamRelayNode(
                config,
                new BouncyKeyRing(),
                new UdpTransport(),
                new MulticastDiscovery(),
                new SqlitePacketStoreFactory());
        NodeInfo info = node.info();
        return CommandLoop.line().put("peerId", info.peerId().hex()).put("port", info.port());
    }

    private ObjectNode subcluster(JsonNode options) {
        String name = options.get("name").asText();
        byte[] key = HexFormat.of().parseHex(options.get("sharedKey").asText());
        Subcluster subcluster = node.subcluster(SubclusterOptions.of(name, SharedKey.ofBytes(key)));
        subcluster.onJoin(peer -> {
            joined.put(peer.id().hex(), peer);
            loop.tell(
                    "join",
                    CommandLoop.line()
                            .put("subcluster", name)
                            .put("peerId", peer.id().hex()));
        });
        subcluster.onLeave(peer ->
                loop.tell("leave", CommandLoop.line().put("subcluster", name).put("peerId", peer.hex())));
        return CommandLoop.line().put("subclusterId", subcluster.id().hex());
    }

    /** Hears an event as a publication, and as a stream of those who have joined; tells who has. */
    private ObjectNode listen(JsonNode options) {
        String event = options.get("event").asText();
        named(options).on(event, received -> tell(event, received));
        named(options).onJoin(peer -> {
            peer.on(event, received -> tell(event, received));
            joined.put(peer.id().hex(), peer);
            loop.tell("join", CommandLoop.line().put("peerId", peer.id().hex()));
        });
        return CommandLoop.line();
    }

    private void tell(String event, Received received) {
        loop.tell(
                "message",
                CommandLoop.line()
                        .put("name", event)
                        .put(
                                "payload",
                                Base64.getEncoder()
                                        .encodeToString(received.message().payload()))
                        .put("local", received.local())
                        .put("streamed", received.streamedBy().isPresent())
                        .put("hops", received.hops()));
    }

    private ObjectNode emit(JsonNode options) throws IOException, InterruptedException {
        return committed(named(options).emit(options.get("event").asText(), payload(options)));
    }

    private ObjectNode stream(JsonNode options) throws IOException, InterruptedException {
        RemotePeer peer = joined.get(options.get("peerId").asText());
        if (peer == null) {
            throw new IOException("that peer has not joined");
        }
        return committed(peer.emit(options.get("event").asText(), payload(options)));
    }

    private static byte[] payload(JsonNode options) {
        return Base64.getDecoder().decode(options.get("payload").asText());
    }

    private static ObjectNode committed(CompletionStage<?> done) throws IOException, InterruptedException {
        try {
            done.toCompletableFuture().get(COMMIT_SECONDS_MAX, TimeUnit.SECONDS);
            return CommandLoop.line();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private ObjectNode stats() {
        ObjectNode stats = CommandLoop.line();
        NodeInfo info = node.info();
        stats.put("natType", info.natType().wire());
        info.reflexive().ifPresent(endpoint -> stats.put("reflexive", endpoint.toString()));
        var peers = stats.putArray("peers");
        node.peers().forEach(peer -> peers.addObject()
                .put("peerId", peer.id().hex())
                .put("address", peer.endpoint().host())
                .put("port", peer.endpoint().port())
                .put("natType", peer.natType().wire())
                .put("connected", true));
        var counters = stats.putObject("counters");
        node.counters().forEach(counters::put);
        return stats;
    }

    private Subcluster named(JsonNode options) {
        return node.subcluster(options.get("subcluster").asText()).orElseThrow();
    }
}

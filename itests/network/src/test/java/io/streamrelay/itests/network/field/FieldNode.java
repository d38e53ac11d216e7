// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.Message;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.Receipt;
import io.streamrelay.api.Received;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.config.Settings;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.gossip.node.StreamRelayNode;
import io.streamrelay.itests.network.process.CommandLoop;
import io.streamrelay.mqtt.MqttBridgeComponent;
import io.streamrelay.store.MemoryPacketStoreFactory;
import io.streamrelay.store.SqlitePacketStoreFactory;
import io.streamrelay.transport.MulticastDiscovery;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;

/**
 * A program that is one node with its bridges to a broker, in plain Java: the components of a gateway without the
 * container, which takes most of a start.
 *
 * <p>Commands: {@code start} (the keys of io.streamrelay.node), {@code subcluster} ({@code name}, {@code sharedKey}),
 * {@code bridge} ({@code name}, and the keys of io.streamrelay.mqtt), {@code listen} ({@code subcluster}, {@code topic})
 * for events {@code message}, {@code send} ({@code subcluster}, {@code topic}, {@code texts}), and {@code stats}.
 */
public final class FieldNode {

    /** A system property with which nothing is committed to disk. */
    static final String IN_MEMORY = "field.memory";

    private static final int COMMIT_SECONDS_MAX = 20;

    private final CommandLoop loop = new CommandLoop()
            .on("start", this::start)
            .on("subcluster", this::subcluster)
            .on("bridge", this::bridge)
            .on("listen", this::listen)
            .on("send", this::send)
            .on("stats", options -> stats());
    private final List<MqttBridgeComponent> bridges = new ArrayList<>();
    private Path folder;
    private StreamRelay node;

    private FieldNode() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        new FieldNode().loop.run();
        // A host that is switched off says no goodbye.
        Runtime.getRuntime().halt(0);
    }

    private ObjectNode start(JsonNode options) throws IOException {
        NodeConfig config = NodeConfig.from(new Settings(keys(options)), null);
        folder = config.directory();
        node = new StreamRelayNode(
                config,
                new BouncyKeyRing(),
                new UdpTransport(),
                new MulticastDiscovery(),
                Boolean.getBoolean(IN_MEMORY) ? new MemoryPacketStoreFactory() : new SqlitePacketStoreFactory());
        NodeInfo info = node.info();
        return CommandLoop.line()
                .put("peerId", info.peerId().hex())
                .put("senderKey", info.senderKey().hex());
    }

    private static Map<String, Object> keys(JsonNode options) {
        Map<String, Object> keys = new HashMap<>();
        options.properties()
                .forEach(field -> keys.put(field.getKey(), field.getValue().asText()));
        return keys;
    }

    private ObjectNode subcluster(JsonNode options) {
        SharedKey key = SharedKey.ofPassphrase(options.get("sharedKey").asText());
        node.subcluster(SubclusterOptions.of(options.get("name").asText(), key));
        return CommandLoop.line();
    }

    private ObjectNode bridge(JsonNode options) {
        Map<String, Object> properties = keys(options);
        properties.put(
                "service.pid", "io.streamrelay.mqtt~" + options.get("name").asText());
        // A framework without properties.
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                FieldNode.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (p, method, args) -> null);
        bridges.add(new MqttBridgeComponent(
                Map.entry(Map.of("dataDirectory", folder.toString()), node), context, properties, null));
        return CommandLoop.line();
    }

    private ObjectNode listen(JsonNode options) {
        named(options).on(options.get("topic").asText(), this::tell);
        return CommandLoop.line();
    }

    private void tell(Received received) {
        ObjectNode line = CommandLoop.line()
                .put("text", received.text())
                .put("local", received.local())
                .put("packet", received.packetId().hex())
                .put("ageMs", received.ageMs());
        received.origin().ifPresent(origin -> line.put("sender", origin.sender().hex())
                .put("epoch", origin.epoch())
                .put("sequence", origin.sequence())
                .put("position", origin.position()));
        loop.tell("message", line);
    }

    private ObjectNode send(JsonNode options) throws IOException, InterruptedException {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (JsonNode text : options.get("texts")) {
            byte[] payload = text.asText().getBytes(StandardCharsets.UTF_8);
            receipts.add(named(options)
                    .send(Message.of(options.get("topic").asText(), payload))
                    .toCompletableFuture());
        }
        ObjectNode line = CommandLoop.line();
        var packets = line.putArray("packets");
        for (CompletableFuture<Receipt> receipt : receipts) {
            packets.add(committed(receipt).packetId().hex());
        }
        return line;
    }

    private static Receipt committed(CompletableFuture<Receipt> receipt) throws IOException, InterruptedException {
        try {
            return receipt.get(COMMIT_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private ObjectNode stats() {
        ObjectNode stats = CommandLoop.line();
        node.info().reflexive().ifPresent(endpoint -> stats.put("reflexive", endpoint.toString()));
        var peers = stats.putArray("peers");
        node.peers().forEach(peer -> peers.addObject()
                .put("peerId", peer.id().hex())
                .put("address", peer.endpoint().toString())
                .put("silentMs", peer.silentMs())
                .put("waitingPackets", peer.waitingPackets()));
        var backlog = stats.putArray("backlog");
        node.backlog().forEach(part -> backlog.addObject()
                .put("messages", part.messages())
                .put("bytes", part.bytes())
                .put("oldestMs", part.oldestMs()));
        var counters = stats.putObject("counters");
        node.counters().forEach(counters::put);
        return stats;
    }

    private Subcluster named(JsonNode options) {
        return node.subcluster(options.get("subcluster").asText()).orElseThrow();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.karaf.process.Reader;
import io.streamrelay.itests.network.Await;
import io.streamrelay.itests.network.lab.Host;
import io.streamrelay.itests.network.process.JavaProcess;
import io.streamrelay.itests.network.process.NodeFolder;
import io.streamrelay.itests.network.process.StartGate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A gateway on a host of a lab: a {@link FieldNode}, which can be killed and started again, and beside it a Mosquitto,
 * which goes on. A carrier has none.
 */
public final class PlainGateway implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(120);

    private final Host host;
    private final Setup setup;
    private final Path folder;
    private final Mosquitto broker;
    private PeerProcess process;
    private String id;
    private int starts;

    private PlainGateway(Host host, Setup setup) {
        this.host = host;
        this.setup = setup;
        folder = Path.of(NodeFolder.fresh(host.name()));
        broker = setup.hasBroker() ? Mosquitto.beside(host, folder.resolve("broker"), setup.brokerSettings()) : null;
    }

    /** Starts one, and waits until its bridges have subscribed. */
    public static PlainGateway on(Host host, Setup setup) throws Exception {
        PlainGateway gateway = new PlainGateway(host, setup);
        if (gateway.broker == null) {
            gateway.start();
            return gateway;
        }
        // A bridge tells its state right after it has subscribed.
        try (Reader told = gateway.reader("streamrelay/status/#")) {
            gateway.start();
            int bridges = setup.bridges().size();
            assertTrue(told.take(bridges, START_MAX).size() == bridges, "the bridges do not connect");
        }
        return gateway;
    }

    /** Starts the node (again), in the folder that it had; its bridges connect by themselves. */
    void start() {
        starts++;
        process = StartGate.pass(() -> {
            PeerProcess started = JavaProcess.start(host, FieldNode.class, javaOptions(), setup.environment());
            id = started.ask("start", setup.start(dataFolder().toString()))
                    .get("peerId")
                    .asText();
            return started;
        });
        if (setup.isMember()) {
            process.ask("subcluster", setup.subcluster());
        }
        setup.bridges().forEach(bridge -> process.ask("bridge", bridge));
    }

    private List<String> javaOptions() {
        List<String> options = new ArrayList<>(setup.javaOptions());
        options.add("-Dorg.slf4j.simpleLogger.logFile=" + log());
        options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
        return options;
    }

    /** What the node has logged since it was started last. */
    Path log() {
        return folder.resolve("node-" + starts + ".log");
    }

    /** Kills the node, and not the broker: a power cut, as far as the node can tell. */
    void kill() {
        process.kill();
    }

    /** From the next start on it is told of nobody. */
    void forgetPeers() {
        setup.peers();
    }

    public Host host() {
        return host;
    }

    /** Where the node keeps its state. */
    Path dataFolder() {
        return folder.resolve("node");
    }

    String brokerUrl() {
        return broker.url();
    }

    public Mosquitto broker() {
        return broker;
    }

    Reader reader(String topicFilter) throws Exception {
        return new Reader(brokerUrl(), topicFilter);
    }

    /** The node's peer id. */
    String id() {
        return id;
    }

    public long pid() {
        return process.pid();
    }

    public JsonNode stats() {
        return process.ask("stats", PeerProcess.options());
    }

    /** Messages of its own that nobody else holds. */
    long backlog() {
        return StreamSupport.stream(stats().get("backlog").spliterator(), false)
                .mapToLong(part -> part.get("messages").asLong())
                .sum();
    }

    /** Messages out of the mesh that wait for its broker. */
    long outbox() {
        return stats().get("counters").path("store.deliveries").asLong();
    }

    /** Waits until so many messages wait for its broker. */
    void awaitOutbox(long number, Duration patience) {
        assertTrue(
                Await.comes(patience, () -> outbox() == number),
                () -> "not " + number + " messages wait for the broker: " + stats());
    }

    /** Packets that wait to leave to peers in reach. */
    long waiting() {
        return StreamSupport.stream(stats().get("peers").spliterator(), false)
                .mapToLong(peer -> peer.get("waitingPackets").asLong())
                .sum();
    }

    boolean reaches(PlainGateway other) {
        return StreamSupport.stream(stats().get("peers").spliterator(), false)
                .anyMatch(peer -> peer.get("peerId").asText().equals(other.id));
    }

    public void awaitReaches(PlainGateway other) {
        assertTrue(
                Await.comes(START_MAX, () -> reaches(other)),
                () -> host.name() + " does not reach " + other.host.name() + ": " + stats());
    }

    /** Sends texts past the broker and waits until they are committed; returns the ids of their packets. */
    List<String> send(String topic, List<String> texts) {
        ObjectNode options =
                PeerProcess.options().put("subcluster", Setup.SUBCLUSTER).put("topic", topic);
        texts.forEach(options.putArray("texts")::add);
        return StreamSupport.stream(process.ask("send", options).get("packets").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Hears a topic past the broker, until the node is killed. */
    void listen(String topic) {
        process.ask(
                "listen",
                PeerProcess.options().put("subcluster", Setup.SUBCLUSTER).put("topic", topic));
    }

    /** Waits until so many messages have been heard since the node was started. */
    List<JsonNode> awaitHeard(int count, Duration patience) {
        return process.events().await(patience, heard -> heard.size() >= count);
    }

    @Override
    public void close() {
        process.kill();
        if (broker != null) {
            broker.close();
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import io.streamrelay.gossip.node.NodeConfig;
import io.streamrelay.itests.interop.PeerProcess;
import io.streamrelay.itests.network.lab.Host;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/** A node on a host of a lab, ours or an unmodified reference peer, that is a member of one subcluster. */
public final class Member implements AutoCloseable {

    private static final String SUBCLUSTER = "lab";
    private static final String KEY = "1a".repeat(32);
    private static final String EVENT = "lab/event";

    private final PeerProcess process;
    private final Id id;

    private Member(PeerProcess process, ObjectNode start) {
        this.process = process;
        this.id = Id.ofHex(process.ask("start", start).get("peerId").asText());
        process.ask("subcluster", PeerProcess.options().put("name", SUBCLUSTER).put("sharedKey", KEY));
        process.ask("on", event());
    }

    /** One of ours, which knows the addresses of these peers. */
    public static Member ours(Host host, String cluster, List<Endpoint> peers) {
        return ours(host, cluster, NodeConfig.DEFAULT_PORT, peers);
    }

    /** One of ours at a port of its own, which knows nobody. */
    public static Member ours(Host host, String cluster, int port) {
        return ours(host, cluster, port, List.of());
    }

    private static Member ours(Host host, String cluster, int port, List<Endpoint> peers) {
        ObjectNode start = PeerProcess.options()
                .put("folder", NodeFolder.fresh(host.name()))
                .put("cluster", cluster)
                .put("port", port);
        peers.forEach(peer -> start.withArray("peers").add(peer.toString()));
        return StartGate.pass(() -> new Member(JavaProcess.start(host, MeshNode.class), start));
    }

    /** A reference peer that has asked these peers to take it for one, and finds out by itself what it is behind. */
    public static Member reference(Host host, String cluster, List<Endpoint> peers) {
        Member member = reference(host, PeerProcess.options().put("cluster", cluster));
        for (Endpoint peer : peers) {
            member.process.ask(
                    "connect",
                    PeerProcess.options()
                            .put("address", peer.host())
                            .put("port", peer.port())
                            .put("subcluster", SUBCLUSTER));
        }
        return member;
    }

    /**
     * A reference peer at a port of its own, which knows nobody, takes it that nothing stands before it, and hears what
     * is said to all.
     */
    public static Member reference(Host host, String cluster, int port) {
        ObjectNode start =
                PeerProcess.options().put("cluster", cluster).put("port", port).put("natType", 31);
        return reference(host, start.put("bind", "0.0.0.0"));
    }

    private static Member reference(Host host, ObjectNode start) {
        start.put("address", host.address());
        return StartGate.pass(() -> new Member(ReferenceProcess.start(host), start));
    }

    private static ObjectNode event() {
        return PeerProcess.options().put("subcluster", SUBCLUSTER).put("event", EVENT);
    }

    public Id id() {
        return id;
    }

    /** What it has found out to be behind. */
    public NatType natType() {
        return NatType.ofWire(stats().get("natType").asInt()).orElse(NatType.UNKNOWN);
    }

    /** The address and port that others see it at, as far as it knows. */
    public String reflexive() {
        return stats().path("reflexive").asText();
    }

    /** Whether the other is a peer that it reaches without anybody's help. */
    public boolean reaches(Member other) {
        return StreamSupport.stream(stats().get("peers").spliterator(), false)
                .filter(peer -> peer.get("connected").asBoolean())
                .anyMatch(peer -> peer.get("peerId").asText().equals(other.id.hex()));
    }

    /** What it says about itself. */
    public JsonNode stats() {
        return process.ask("stats", PeerProcess.options());
    }

    /** Publishes a text to the subcluster. */
    public void publish(String text) {
        process.ask("emit", event().put("payload", base64(text)));
    }

    /** Waits until a text has come. */
    public void awaitText(String text, Duration patience) {
        process.events().await(patience, told -> texts(told).contains(text));
    }

    /** What has come from others so far, in its order. */
    public List<String> texts() {
        return texts(process.events().entries());
    }

    /** Waits until so many texts have come, and returns them. */
    public List<String> awaitTexts(int count, Duration patience) {
        return texts(process.events().await(patience, told -> texts(told).size() >= count));
    }

    private static List<String> texts(List<JsonNode> told) {
        return told.stream()
                .filter(event -> event.path("event").asText().equals("message")
                        && !event.path("local").asBoolean())
                .map(event -> Base64.getDecoder().decode(event.get("payload").asText()))
                .map(payload -> new String(payload, StandardCharsets.UTF_8))
                .toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until it knows the other as a member of the subcluster. */
    public void awaitJoin(Member other, Duration patience) {
        process.events().await(patience, told -> told.stream()
                .anyMatch(event -> event.path("event").asText().equals("join")
                        && event.path("peerId").asText().equals(other.id.hex())));
    }

    /** Sends a text to another that has joined, and to nobody else. */
    public void stream(Member to, String text) {
        process.ask("stream", event().put("peerId", to.id.hex()).put("payload", base64(text)));
    }

    /** Switches it off, without a word to anybody. */
    @Override
    public void close() {
        process.close();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.api.NatType;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An unmodified reference peer on loopback, in a process of its own. It lives on after exceptions that would have
 * ended it, and reports them: see {@link #crashes}.
 */
public final class ReferencePeer implements AutoCloseable {

    private static final long KEEPALIVE_MS = 30_000;
    private static final String LOOPBACK = "127.0.0.1";

    private final PeerProcess process;
    private Id id;
    private Endpoint endpoint;

    private ReferencePeer(PeerProcess process) {
        this.process = process;
    }

    /** A process that can seal and derive, and may {@link #start} to take part in a mesh. */
    public static ReferencePeer launch() {
        return new ReferencePeer(new PeerProcess(ReferencePackage.installed().node("peer.mjs")));
    }

    /** A peer that is a member of a mesh, with the cluster whose id is the text's SHA-256, and nothing before it. */
    public static ReferencePeer inCluster(String cluster) {
        ReferencePeer peer = launch();
        peer.start(cluster, NatType.UNRESTRICTED);
        return peer;
    }

    /** As {@link #inCluster(String)}, at another address of 127/8. */
    static ReferencePeer inCluster(String cluster, String address) {
        ReferencePeer peer = launch();
        peer.start(options(cluster, NatType.UNRESTRICTED).put("address", address));
        return peer;
    }

    /** As {@link #inCluster(String, String)}, behind something that lets in answers alone. */
    static ReferencePeer behind(NatType natType, String cluster, String address) {
        ReferencePeer peer = launch();
        peer.start(options(cluster, natType).put("address", address).put("filtered", true));
        return peer;
    }

    /** As {@link #inCluster(String)}, with its main loop every so many milliseconds instead of 30,000. */
    public static ReferencePeer inCluster(String cluster, int keepaliveMs) {
        ReferencePeer peer = launch();
        peer.start(options(cluster, NatType.UNRESTRICTED).put("keepalive", keepaliveMs));
        return peer;
    }

    /** As {@link #inCluster(String)}, with time passing as many times faster as the clock says. */
    static ReferencePeer inCluster(String cluster, HurriedClock clock) {
        ReferencePeer peer = launch();
        peer.start(options(cluster, NatType.UNRESTRICTED)
                .put("hurry", HurriedClock.FACTOR)
                .put("epoch", clock.epochMs()));
        return peer;
    }

    /** Opens its sockets. With {@link NatType#UNKNOWN} it takes no part before it has found out what it is behind. */
    public void start(String cluster, NatType natType) {
        start(options(cluster, natType));
    }

    private static ObjectNode options(String cluster, NatType natType) {
        return PeerProcess.options()
                .put("cluster", cluster)
                .put("address", LOOPBACK)
                .put("natType", natType.wire());
    }

    private void start(ObjectNode options) {
        JsonNode started = process.ask("start", options);
        id = Id.ofHex(started.get("peerId").asText());
        endpoint =
                Endpoint.of(options.get("address").asText(), started.get("port").asInt());
    }

    public Id id() {
        return id;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Takes part in the subcluster of a shared key (32 bytes) under a local name, and returns its public id. */
    public Id subcluster(String name, byte[] sharedKey) {
        JsonNode answer = process.ask(
                "subcluster",
                PeerProcess.options()
                        .put("name", name)
                        .put("sharedKey", HexFormat.of().formatHex(sharedKey)));
        return Id.ofHex(answer.get("subclusterId").asText());
    }

    /** Listens to an event; see {@link #messages}. */
    public void on(String subcluster, String event) {
        process.ask("on", PeerProcess.options().put("subcluster", subcluster).put("event", event));
    }

    /** Sends one connection ping as a member of the subcluster. */
    public void ping(Endpoint to, String subcluster) {
        ask("ping", to, subcluster);
    }

    /** As {@link #ping}, again and again until it is connected, for at most 20 s. */
    public void connect(Endpoint to, String subcluster) {
        ask("connect", to, subcluster);
    }

    private void ask(String command, Endpoint to, String subcluster) {
        process.ask(
                command,
                PeerProcess.options()
                        .put("address", to.host())
                        .put("port", to.port())
                        .put("subcluster", subcluster));
    }

    /** Publishes an event, and returns its packet id. */
    public Id emit(String subcluster, String event, byte[] payload) {
        return emit(publication(subcluster, event, payload));
    }

    /** As {@link #emit(String, String, byte[])}, to be kept for no longer than a time. */
    Id emit(String subcluster, String event, byte[] payload, Duration lifetime) {
        return emit(publication(subcluster, event, payload).put("ttl", lifetime.toMillis()));
    }

    private Id emit(ObjectNode publication) {
        return Id.ofHex(process.ask("emit", publication).get("packetId").asText());
    }

    private static ObjectNode publication(String subcluster, String event, byte[] payload) {
        return PeerProcess.options()
                .put("subcluster", subcluster)
                .put("event", event)
                .put("payload", Base64.getEncoder().encodeToString(payload));
    }

    /** Streams an event to one peer that has joined the subcluster. */
    public void stream(String subcluster, Id to, String event, byte[] payload) {
        process.ask(
                "stream",
                PeerProcess.options()
                        .put("subcluster", subcluster)
                        .put("peerId", to.hex())
                        .put("event", event)
                        .put("payload", Base64.getEncoder().encodeToString(payload)));
    }

    /** Tells of each packet of these types that arrives; see {@link #awaitPackets}. */
    public void watch(int... types) {
        ArrayNode numbers = PeerProcess.options().putArray("types");
        IntStream.of(types).forEach(numbers::add);
        process.ask("watch", PeerProcess.options().set("types", numbers));
    }

    /** Waits until the watched packets pass a test. */
    public List<ReferencePacket> awaitPackets(Duration limit, Predicate<List<ReferencePacket>> test) {
        return packetsOf(process.events().await(limit, told -> test.test(packetsOf(told))));
    }

    private static List<ReferencePacket> packetsOf(List<JsonNode> told) {
        return of("packet", told).map(ReferencePacket::of).toList();
    }

    /** Asks as the reference asks; any JSON. */
    public void query(String json) {
        process.ask("query", PeerProcess.options().set("query", PeerProcess.parse(json)));
    }

    /** Asks one peer alone, with a question that says to be so old; returns the question's id. */
    public Id ask(Endpoint to, String json, Duration age) {
        ObjectNode options = PeerProcess.options()
                .put("address", to.host())
                .put("port", to.port())
                .put("age", age.toMillis());
        JsonNode answer = process.ask("ask", options.set("query", PeerProcess.parse(json)));
        return Id.ofHex(answer.get("queryId").asText());
    }

    /** Sends a datagram as it is. */
    public void raw(Endpoint to, byte[] datagram) {
        process.ask(
                "raw",
                PeerProcess.options()
                        .put("address", to.host())
                        .put("port", to.port())
                        .put("bytes", Base64.getEncoder().encodeToString(datagram)));
    }

    /** From here on this share of what it sends, and of what is sent to it, is lost. */
    public void loseOnTheWay(double share) {
        process.ask("network", PeerProcess.options().put("loss", share));
    }

    /** What it heard from others so far, in its order. */
    public List<ReferenceMessage> messages() {
        return messagesOf(process.events().entries());
    }

    /** Waits until what it heard from others passes a test. */
    public List<ReferenceMessage> awaitMessages(Duration limit, Predicate<List<ReferenceMessage>> test) {
        return messagesOf(process.events().await(limit, told -> test.test(messagesOf(told))));
    }

    private static List<ReferenceMessage> messagesOf(List<JsonNode> told) {
        return of("message", told)
                .filter(message -> !message.get("local").asBoolean())
                .map(ReferenceMessage::of)
                .toList();
    }

    private static Stream<JsonNode> of(String kind, List<JsonNode> told) {
        return told.stream().filter(event -> event.get("event").asText().equals(kind));
    }

    /** Waits until it lists a peer as connected. */
    public void awaitConnection(Id peer, Duration limit) {
        awaitPeer("connection", peer, limit);
    }

    /** Waits until a peer has joined one of its subclusters. */
    public void awaitJoin(Id peer, Duration limit) {
        awaitPeer("join", peer, limit);
    }

    private void awaitPeer(String event, Id peer, Duration limit) {
        process.events().await(limit, told -> of(event, told)
                .anyMatch(one -> one.get("peerId").asText().equals(peer.hex())));
    }

    /** Waits until it has found out what stands before it. */
    public NatType awaitReady(Duration limit) {
        List<JsonNode> told = process.events()
                .await(limit, events -> of("ready", events).findAny().isPresent());
        JsonNode ready = of("ready", told).findFirst().orElseThrow();
        return NatType.ofWire(ready.get("natType").asInt()).orElseThrow();
    }

    /** The exceptions that would have ended a reference peer that Node hosts, so far. */
    public List<String> crashes() {
        return crashesOf(process.events().entries());
    }

    /** Waits for the first of {@link #crashes}. */
    public List<String> awaitCrash(Duration limit) {
        return crashesOf(process.events().await(limit, told -> !crashesOf(told).isEmpty()));
    }

    private static List<String> crashesOf(List<JsonNode> told) {
        return of("crash", told).map(crash -> crash.get("error").asText()).toList();
    }

    /** The peers that it lists as connected. */
    public List<Id> connectedPeers() {
        return stats().get("peers").findParents("peerId").stream()
                .filter(peer -> peer.path("connected").asBoolean())
                .map(peer -> Id.ofHex(peer.get("peerId").asText()))
                .toList();
    }

    /** How many packets it holds. */
    public int cached() {
        return stats().get("cached").asInt();
    }

    /** How often its main loop has run since it began. */
    int ticks() {
        return (int) (stats().get("uptime").asLong() / KEEPALIVE_MS);
    }

    /** The peers that it has told to have lost. */
    List<Id> lost() {
        return of("disconnection", process.events().entries())
                .flatMap(event -> StreamSupport.stream(event.get("peerIds").spliterator(), false))
                .map(peer -> Id.ofHex(peer.asText()))
                .toList();
    }

    private JsonNode stats() {
        return process.ask("stats", PeerProcess.options());
    }

    /** Its cryptography alone. */
    public ReferenceCrypto crypto() {
        return new ReferenceCrypto(process);
    }

    @Override
    public void close() {
        process.close();
    }
}

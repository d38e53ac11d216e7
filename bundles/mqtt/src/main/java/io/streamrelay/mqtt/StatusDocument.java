// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.DropCounters;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.NodeInfo;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.api.StreamRelay;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a gateway says of itself to whoever listens at its broker. Nothing in it is secret but who talks to whom. */
final class StatusDocument {

    /** So that the document stays below the size that brokers take by default. A guess. */
    private static final int PEERS_MAX = 64;

    /** For the same reason; with the names of their senders they take some 7 kB. A guess. */
    private static final int GAPS_MAX = 32;

    private static final long SECOND_MS = 1000;

    private record Gap(Id subcluster, GapInfo info) {}

    private static final JsonFactory JSON = new JsonFactory();

    private final NodeInfo node;
    private final List<PeerInfo> peers;
    private final List<AbsentPeer> absent;
    private final List<BacklogInfo> backlog;
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<Id, String> names = new TreeMap<>();
    private final Map<String, Subcluster> subclusters = new TreeMap<>();
    private final Map<String, Long> counters;
    private final Optional<LastRefused> lastRefused;
    private final long nowMs;

    /**
     * How the node is at this moment.
     *
     * @param lastRefused what its bridge left out last
     * @param nowMs by the bridge's thread
     */
    StatusDocument(StreamRelay relay, Optional<LastRefused> lastRefused, long nowMs) {
        this.lastRefused = lastRefused;
        this.nowMs = nowMs;
        node = relay.info();
        peers = relay.peers();
        absent = relay.absentPeers();
        backlog = relay.backlog();
        counters = relay.counters();
        for (Subcluster subcluster : relay.subclusters()) {
            names.put(subcluster.id(), subcluster.name());
            subclusters.put(subcluster.name(), subcluster);
            subcluster.gaps().forEach(gap -> gaps.add(new Gap(subcluster.id(), gap)));
        }
        gaps.sort(Comparator.comparingLong((Gap gap) -> gap.info().sinceMs()).reversed());
    }

    /** What an operator wants to be told of at once when it changes: the rest may wait. */
    Object gist() {
        Set<Id> connected = new TreeSet<>();
        peers.forEach(peer -> connected.add(peer.id()));
        List<Id> waiting = backlog.stream().map(BacklogInfo::subcluster).toList();
        // Not their numbers: while late messages fill them they change all the time.
        Set<Id> sendersWithGaps = new TreeSet<>();
        gaps.forEach(gap -> sendersWithGaps.add(gap.info().sender()));
        // Each one of those refused: to tell of it costs the broker far less than the message itself did.
        return List.of(connected, waiting, sendersWithGaps, node.natType(), node.reflexive(), lastRefused);
    }

    /** Writes one JSON text. */
    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    /** What is to stand in its place when the gateway has gone without a word, as JSON in UTF-8. */
    static byte[] gone(Id peer) {
        return encode(json -> {
            json.writeStartObject();
            json.writeBooleanField("online", false);
            json.writeStringField("peer", peer.hex());
            json.writeEndObject();
        });
    }

    /** All of it, as JSON in UTF-8. */
    byte[] encode() {
        return encode(json -> {
            json.writeStartObject();
            writeNode(json);
            writeBacklog(json);
            writeGaps(json);
            writePeers(json);
            writeCounts(json, "drops", DropCounters.byReason(counters));
            writeCounts(json, "refusals", countersOf("refused."));
            writeLastRefused(json);
            writeCounts(json, "order", countersOf("order."));
            writeCounts(json, "store", countersOf("store."));
            json.writeEndObject();
        });
    }

    /** The peers alone, as a JSON object in UTF-8. */
    byte[] encodePeers() {
        return encode(json -> {
            json.writeStartObject();
            json.writeNumberField("connectedPeers", peers.size());
            writePeers(json);
            json.writeEndObject();
        });
    }

    /** The names of the subclusters that are open, sorted. */
    List<String> subclusterNames() {
        return subclusters.keySet().stream().toList();
    }

    /** One subcluster, as a JSON object in UTF-8. */
    byte[] encodeSubcluster(String name) {
        Subcluster subcluster = subclusters.get(name);
        SubclusterInfo info = subcluster.info();
        return encode(json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("id", subcluster.id().hex());
            json.writeNumberField("members", subcluster.members().size());
            json.writeNumberField("sent", info.sent());
            json.writeNumberField("received", info.received());
            if (info.quietMs() >= 0) {
                json.writeNumberField("quietSeconds", info.quietMs() / SECOND_MS);
            }
            json.writeNumberField("formerKeys", info.formerKeys());
            for (BacklogInfo part : backlog) {
                if (part.subcluster().equals(subcluster.id())) {
                    json.writeNumberField("backlogMessages", part.messages());
                    json.writeNumberField("backlogBytes", part.bytes());
                    json.writeNumberField("backlogOldestSeconds", part.oldestMs() / SECOND_MS);
                }
            }
            json.writeEndObject();
        });
    }

    private static byte[] encode(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void writeNode(JsonGenerator json) throws IOException {
        json.writeBooleanField("online", true);
        json.writeStringField("peer", node.peerId().hex());
        json.writeStringField("nat", node.natType().name().toLowerCase(Locale.ROOT));
        if (node.reflexive().isPresent()) {
            json.writeStringField("address", node.reflexive().get().toString());
        }
        json.writeNumberField("uptimeSeconds", node.uptimeMs() / SECOND_MS);
        json.writeNumberField("connectedPeers", peers.size());
    }

    private void writeBacklog(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("backlog");
        for (BacklogInfo part : backlog) {
            json.writeStartObject();
            json.writeStringField("subcluster", nameOf(part.subcluster()));
            json.writeNumberField("messages", part.messages());
            json.writeNumberField("bytes", part.bytes());
            json.writeNumberField("oldestSeconds", part.oldestMs() / SECOND_MS);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private String nameOf(Id subcluster) {
        return names.getOrDefault(subcluster, subcluster.hex());
    }

    private void writeGaps(JsonGenerator json) throws IOException {
        json.writeNumberField("missingEnvelopes", missingEnvelopes());
        json.writeArrayFieldStart("gaps");
        for (Gap gap : gaps.subList(0, Math.min(gaps.size(), GAPS_MAX))) {
            json.writeStartObject();
            json.writeStringField("subcluster", nameOf(gap.subcluster()));
            json.writeStringField("sender", gap.info().sender().hex());
            json.writeNumberField("epoch", gap.info().epoch());
            json.writeNumberField("from", gap.info().from());
            json.writeNumberField("to", gap.info().to());
            if (gap.info().sinceMs() > 0) {
                json.writeStringField(
                        "since",
                        Instant.ofEpochSecond(gap.info().sinceMs() / SECOND_MS).toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A member may claim any number: the sum ends at the highest there is. */
    private long missingEnvelopes() {
        return gaps.stream()
                .mapToLong(gap -> gap.info().envelopes())
                .reduce(0, (sum, more) -> Long.MAX_VALUE - sum < more ? Long.MAX_VALUE : sum + more);
    }

    private void writePeers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("peers");
        for (PeerInfo peer : peers.subList(0, Math.min(peers.size(), PEERS_MAX))) {
            writePeer(json, peer.id(), peer.endpoint().toString(), true, peer.silentMs());
        }
        for (AbsentPeer peer : absent.subList(0, Math.min(absent.size(), PEERS_MAX))) {
            writePeer(json, peer.id(), peer.endpoint().toString(), false, peer.silentMs());
        }
        json.writeEndArray();
    }

    private static void writePeer(JsonGenerator json, Id id, String address, boolean connected, long silentMs)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("peer", id.hex());
        json.writeStringField("address", address);
        json.writeBooleanField("connected", connected);
        json.writeNumberField("lastContactSeconds", silentMs / SECOND_MS);
        json.writeEndObject();
    }

    private void writeLastRefused(JsonGenerator json) throws IOException {
        if (lastRefused.isPresent()) {
            LastRefused refused = lastRefused.get();
            json.writeObjectFieldStart("lastRefused");
            json.writeStringField("topic", refused.topic());
            json.writeNumberField("bytes", refused.bytes());
            json.writeStringField("reason", refused.reason());
            json.writeNumberField("secondsAgo", (nowMs - refused.atMs()) / SECOND_MS);
            json.writeEndObject();
        }
    }

    /** The counts of one kind, by the rest of their names. */
    private Map<String, Long> countersOf(String prefix) {
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                counts.put(name.substring(prefix.length()), count);
            }
        });
        return counts;
    }

    private static void writeCounts(JsonGenerator json, String field, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }
}

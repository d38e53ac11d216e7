// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamrelay.api.AbsentPeer;
import io.streamrelay.api.BacklogInfo;
import io.streamrelay.api.Endpoint;
import io.streamrelay.api.GapInfo;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.NatType;
import io.streamrelay.api.PeerInfo;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A gateway's state can be looked at with any MQTT client, also while it is cut off from the mesh. */
class StatusTopicTest {

    private static final Id PEER = Id.ofHex("ab".repeat(32));

    private final World world = new World(1);
    private final SimRelay relay = world.relay("G");
    private final String topic = "streamrelay/status/" + relay.info().peerId().hex() + "/A-s";

    private Bridge start() {
        Bridge bridge = world.bridge("G", "A", MqttVersion.FIVE, Format.ENVELOPE, "t both 1");
        world.settle();
        return bridge;
    }

    private JsonNode status() throws IOException {
        return read(topic);
    }

    private JsonNode read(String at) throws IOException {
        Message message = world.broker("A").retained(at);
        assertNotNull(message, "nothing is retained at " + at);
        return new ObjectMapper().readTree(message.payload());
    }

    private long published() {
        return world.broker("A").published(topic);
    }

    private BacklogInfo waiting(long oldestMs) {
        return new BacklogInfo(world.node("G", "s").id(), 7, 1200, oldestMs);
    }

    private static PeerInfo peer(Id id) {
        return new PeerInfo(
                id,
                Endpoint.of("192.0.2.1", 19777),
                NatType.UNKNOWN,
                io.streamrelay.api.Route.DIRECT,
                true,
                3_000,
                20,
                0,
                true,
                0,
                Set.of());
    }

    @Test
    void showsWhoTheGatewayIsAndWhomItReaches() throws IOException {
        relay.peers = List.of(peer(PEER));
        relay.absent = List.of(new AbsentPeer(Id.ofHex("cd".repeat(32)), Endpoint.of("192.0.2.2", 19777), 90_000));
        start();
        JsonNode status = status();
        assertEquals(relay.info().peerId().hex(), status.path("peer").asText());
        assertEquals(1, status.path("connectedPeers").asInt());
        assertEquals(PEER.hex(), status.at("/peers/0/peer").asText());
        assertEquals(3, status.at("/peers/0/lastContactSeconds").asInt());
        assertTrue(status.at("/peers/0/connected").asBoolean());
        assertEquals("192.0.2.2:19777", status.at("/peers/1/address").asText());
        assertEquals(90, status.at("/peers/1/lastContactSeconds").asInt());
        assertFalse(status.at("/peers/1/connected").asBoolean(true));
    }

    @Test
    void showsWhatWaitsAndWhatWasDropped() throws IOException {
        relay.backlog = List.of(waiting(65_000));
        relay.counters = Map.of(
                "drop.too-many", 4L,
                "evicted-foreign", 1L,
                "evicted-cluster-share", 2L,
                "evicted-sender-share", 3L,
                "evicted-oldest", 5L,
                "expired", 6L,
                "not-kept", 7L,
                "refused.full", 2L,
                "store.bytes", 9L,
                "payload", 1L);
        start();
        JsonNode status = status();
        assertEquals("s", status.at("/backlog/0/subcluster").asText());
        assertEquals(7, status.at("/backlog/0/messages").asInt());
        assertEquals(1200, status.at("/backlog/0/bytes").asInt());
        assertEquals(65, status.at("/backlog/0/oldestSeconds").asInt());
        assertEquals(
                Map.of(
                        "too-many", 4,
                        "evicted-foreign", 1,
                        "evicted-cluster-share", 2,
                        "evicted-sender-share", 3,
                        "evicted-oldest", 5,
                        "expired", 6,
                        "not-kept", 7),
                new ObjectMapper().convertValue(status.path("drops"), Map.class));
        assertEquals(2, status.at("/refusals/full").asInt());
        assertEquals(9, status.at("/store/bytes").asInt());
    }

    @Test
    void tellsAtCommonTopicsWhereNobodyNeedsToKnowTheGatewaysId() throws IOException {
        relay.peers = List.of(peer(PEER));
        relay.backlog = List.of(waiting(65_000));
        start();
        JsonNode common = read("streamrelay/status");
        assertEquals(relay.info().peerId().hex(), common.path("peer").asText());
        assertEquals(PEER.hex(), read("streamrelay/peers").at("/peers/0/peer").asText());
        JsonNode subcluster = read("streamrelay/subcluster/s/status");
        assertEquals(7, subcluster.path("backlogMessages").asInt());
        assertEquals(65, subcluster.path("backlogOldestSeconds").asInt());
    }

    @Test
    void showsWhatLacks() throws IOException {
        world.node("G", "s").gaps =
                List.of(new GapInfo(PEER, 3, 1, 200, 0), new GapInfo(PEER, 3, 300, 327, 1_704_067_200_999L));
        relay.counters = Map.of("order.waiting", 5L);
        start();
        JsonNode status = status();
        assertEquals(228, status.path("missingEnvelopes").asInt());
        assertEquals("s", status.at("/gaps/0/subcluster").asText());
        assertEquals(PEER.hex(), status.at("/gaps/0/sender").asText());
        assertEquals(3, status.at("/gaps/0/epoch").asInt());
        assertEquals(300, status.at("/gaps/0/from").asInt());
        assertEquals(327, status.at("/gaps/0/to").asInt());
        assertEquals("2024-01-01T00:00:00Z", status.at("/gaps/0/since").asText());
        assertEquals(1, status.at("/gaps/1/from").asInt());
        assertTrue(status.at("/gaps/1/since").isMissingNode(), "the clock was not set");
        assertEquals(5, status.at("/order/waiting").asInt());
    }

    @Test
    void tellsWithinSecondsThatASenderHasGapsButNotOfEachThatIsFilled() throws IOException {
        start();
        assertEquals(0, status().path("missingEnvelopes").asInt(-1));
        long before = published();
        world.node("G", "s").gaps = List.of(new GapInfo(PEER, 1, 1, 9, 1));
        world.simulation.run(2 * StatusTopic.LOOK_MS);
        assertEquals(9, status().path("missingEnvelopes").asInt());
        world.node("G", "s").gaps = List.of(new GapInfo(PEER, 1, 2, 9, 1));
        world.simulation.run(2 * StatusTopic.LOOK_MS);
        assertEquals(1, published() - before);
    }

    @Test
    void namesNoMoreGapsThanABrokerTakesButCountsThemAll() throws IOException {
        world.node("G", "s").gaps = IntStream.range(1, 200)
                .mapToObj(i -> new GapInfo(PEER, i, 1, i == 1 ? Long.MAX_VALUE : 2, i))
                .toList();
        start();
        assertEquals(32, status().path("gaps").size());
        assertEquals(199, status().at("/gaps/0/epoch").asInt());
        assertEquals(Long.MAX_VALUE, status().path("missingEnvelopes").asLong());
    }

    @Test
    void tellsWithinSecondsThatABacklogBegins() throws IOException {
        start();
        assertTrue(status().path("backlog").isEmpty());
        relay.backlog = List.of(waiting(0));
        world.simulation.run(2 * StatusTopic.LOOK_MS);
        assertFalse(status().path("backlog").isEmpty());
    }

    @Test
    void tellsWithinSecondsOfEachMessageThatIsTooLargeForTheMesh() throws IOException {
        world.mesh.takeUpTo(1_000);
        start();
        assertTrue(status().path("lastRefused").isMissingNode());
        for (int bytes : new int[] {1_001, 1_002}) {
            world.simulation.run(1_700);
            publish("t", bytes);
            world.simulation.run(5_000);
            JsonNode refused = status().path("lastRefused");
            assertEquals("t", refused.path("topic").asText());
            assertEquals(bytes, refused.path("bytes").asInt());
            assertEquals("1000 are allowed", refused.path("reason").asText());
            assertTrue(refused.path("secondsAgo").asInt(-1) >= 0);
        }
        world.simulation.run(StatusTopic.REPEAT_MS);
        assertTrue(status().at("/lastRefused/secondsAgo").asInt() > 0);
    }

    private void publish(String at, int bytes) {
        world.broker("A").publish(new Message(at, new byte[bytes], 1, false, null, List.of()));
    }

    @Test
    void publishesOnceAMinuteWhileNothingHappens() {
        start();
        long before = published();
        world.simulation.run(10 * StatusTopic.REPEAT_MS);
        assertEquals(10, published() - before, 1);
    }

    @Test
    void isTakenBackWhenTheBridgeEnds() {
        Bridge bridge = start();
        assertNotNull(world.broker("A").retained(topic));
        bridge.close(false);
        world.settle();
        assertNull(world.broker("A").retained(topic));
    }

    @Test
    void saysThatTheGatewayHasGoneWithoutAWord() throws IOException {
        start();
        assertTrue(read("streamrelay/status").path("online").asBoolean());
        world.crash("G");
        world.settle();
        JsonNode gone = read("streamrelay/status");
        assertFalse(gone.path("online").asBoolean(true));
        assertEquals(relay.info().peerId().hex(), gone.path("peer").asText());
    }

    @Test
    void isThereAgainWhenTheConnectionIs() throws IOException {
        start();
        for (int i = 0; i < 10; i++) {
            world.cutAny();
            world.simulation.run(Backoff.MAX_MS);
            world.settle();
            assertTrue(read("streamrelay/status").path("online").asBoolean(), "after " + i);
        }
    }

    @Test
    void isTakenOverByTheNextGatewayOfTheBroker() throws IOException {
        start();
        world.bridge("H", "A", MqttVersion.FIVE, Format.ENVELOPE, "t both 1");
        world.settle();
        String first = read("streamrelay/status").path("peer").asText();
        boolean isG = first.equals(relay.info().peerId().hex());
        world.crash(isG ? "G" : "H");
        world.simulation.run(2 * StatusTopic.REPEAT_MS);
        JsonNode now = read("streamrelay/status");
        assertTrue(now.path("online").asBoolean());
        assertEquals(
                world.relay(isG ? "H" : "G").info().peerId().hex(),
                now.path("peer").asText());
    }

    @Test
    void leavesNoWillBehindWhenTheBridgeEnds() {
        Bridge bridge = start();
        bridge.close(false);
        world.settle();
        assertNull(world.broker("A").retained("streamrelay/status"));
    }

    @Test
    void canBeSwitchedOff() {
        Bridge bridge = start();
        BridgeSettings on = World.settings("A", "s", MqttVersion.FIVE, Format.ENVELOPE, "t both 1");
        bridge.configure(new BridgeSettings(
                on.broker(),
                on.username(),
                on.password(),
                on.clientId(),
                on.tls(),
                on.version(),
                on.subcluster(),
                on.routes(),
                ""));
        world.settle();
        assertNull(world.broker("A").retained(topic));
    }

    @Test
    void namesNoMorePeersThanABrokerTakes() throws IOException {
        relay.peers = IntStream.range(0, 200)
                .mapToObj(i -> peer(Id.ofHex("%064x".formatted(i))))
                .toList();
        start();
        assertEquals(64, status().path("peers").size());
        assertEquals(200, status().path("connectedPeers").asInt());
    }
}

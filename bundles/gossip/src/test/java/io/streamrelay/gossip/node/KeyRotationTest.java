// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Delivery;
import io.streamrelay.api.Id;
import io.streamrelay.api.Interest;
import io.streamrelay.api.Invitation;
import io.streamrelay.api.Message;
import io.streamrelay.api.Received;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.Subcluster;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.TraceStep;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.store.SqlitePacketStoreFactory;
import io.streamrelay.transport.UdpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes on loopback, with stores on disk, whose subcluster moves to another key; and what goes with it. */
class KeyRotationTest {

    private static final SharedKey KEY = SharedKey.ofPassphrase("the first key");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final Map<String, StreamRelayNode> open = new HashMap<>();
    private int port;

    @AfterEach
    void close() {
        open.values().forEach(StreamRelayNode::close);
    }

    @Test
    void membersThatAreThereFollowAtOnce() throws Exception {
        start("a");
        start("b");
        Id before = x("a").id();
        BlockingQueue<Delivery> atB = consume("b");

        await(x("a").rotate(HOUR));
        until(() -> !x("b").id().equals(before));
        assertEquals(x("a").id(), x("b").id());
        assertNotEquals(before, x("a").id());
        assertEquals(1, x("b").info().formerKeys());

        BlockingQueue<Delivery> again = consume("b");
        await(x("a").send(message("under the next key")));
        assertEquals("under the next key", text(again));
        assertTrue(atB.isEmpty());
    }

    @Test
    void memberThatWasAwayFollowsWhenItIsBackAndMissesNothing() throws Exception {
        start("a");
        start("b");
        BlockingQueue<Delivery> beforeAtB = consume("b");
        await(x("a").send(message("0")));
        Delivery zero = beforeAtB.poll(30, TimeUnit.SECONDS);
        assertEquals("0", zero.text());
        zero.acknowledge();
        stop("b");

        await(x("a").send(message("1, before")));
        await(x("a").rotate(HOUR));
        await(x("a").send(message("2, after")));
        await(x("a").send(message("3, after")));
        start("b");

        BlockingQueue<Delivery> atB = new LinkedBlockingQueue<>();
        open.get("b")
                .watch(
                        "x",
                        found -> found.ifPresent(x -> x.consume("c", all(), delivery -> {
                            delivery.acknowledge();
                            atB.add(delivery);
                        })));
        Set<String> got = Set.of(text(atB), text(atB), text(atB));
        assertTrue(got.containsAll(Set.of("1, before", "2, after", "3, after")), () -> "got " + got);
        until(() -> x("a").id().equals(x("b").id()));
    }

    @Test
    void messageUnderTheFormerKeyIsStillReadByWhoHasMoved() throws Exception {
        start("a");
        start("b");
        stop("b");
        await(x("a").rotate(HOUR));
        stop("a");
        // Alone, so that it sends under the first key before it hears of the next: it remembers who its peers were.
        open.put("b", node("b"));
        await(open.get("b").subcluster(SubclusterOptions.of("x", KEY)).send(message("from one who does not know")));
        stop("b");
        start("a");
        BlockingQueue<Delivery> atA = consume("a");
        start("b");
        assertEquals("from one who does not know", text(atA));
    }

    @Test
    void formerKeyEndsAndItsSettingsLeadToThePresentOneAfterARestart() throws Exception {
        start("a");
        Id first = x("a").id();
        await(x("a").rotate(HOUR));
        Id second = x("a").id();
        stop("a");
        start("a");
        assertEquals(second, x("a").id());
        assertEquals(1, x("a").info().formerKeys());
        assertNotEquals(first, second);

        await(x("a").rotate(HOUR));
        Invitation invitation = open.get("a").invite("x");
        stop("a");
        start("a");
        assertEquals(2, x("a").info().formerKeys());
        Id third = x("a").id();
        assertEquals(
                third,
                open.get("a")
                        .subcluster(SubclusterOptions.of("x", invitation.key()))
                        .id());
    }

    @Test
    void invitationLeadsANewMemberToThePresentKey() throws Exception {
        start("a");
        await(x("a").rotate(HOUR));
        Invitation invitation = Invitation.parse(open.get("a").invite("x").text());
        assertTrue(invitation.peers().stream().anyMatch(peer -> peer.endsWith(":" + port)), invitation::toString);
        StreamRelayNode joined = node("new", invitation.peers().toArray(String[]::new));
        open.put("new", joined);
        Subcluster x = joined.subcluster(SubclusterOptions.of(invitation.subcluster(), invitation.key()));
        BlockingQueue<Received> heard = new LinkedBlockingQueue<>();
        x.listen(all(), heard::add);
        await(x("a").send(message("welcome")));
        assertEquals("welcome", heard.poll(20, TimeUnit.SECONDS).text());
    }

    @Test
    void settingsThatChangeAfterwardsLeaveThePresentKey() throws Exception {
        start("a");
        for (int round = 0; round < 2; round++) {
            await(x("a").rotate(HOUR));
            Id present = x("a").id();
            Subcluster changed =
                    open.get("a").subcluster(SubclusterOptions.of("x", KEY).waiting(Duration.ofSeconds(round)));
            assertEquals(present, changed.id());
            assertEquals(round + 1, changed.info().formerKeys());
        }
    }

    @Test
    void applicationsHearNothingOfIt() throws Exception {
        start("a");
        start("b");
        List<String> topics = new ArrayList<>();
        x("b").listen(all(), received -> topics.add(received.message().topic()));
        Id before = x("b").id();
        await(x("a").rotate(HOUR));
        until(() -> !x("b").id().equals(before));
        assertEquals(List.of(), topics);
    }

    @Test
    void overlapHasBounds() throws Exception {
        start("a");
        assertThrows(IllegalArgumentException.class, () -> x("a").rotate(Duration.ofSeconds(59)));
        assertThrows(IllegalArgumentException.class, () -> x("a").rotate(Duration.ofDays(31)));
    }

    @Test
    void wayOfAMessageIsKnownAtBothEnds() throws Exception {
        start("a");
        start("b");
        BlockingQueue<Delivery> atB = consume("b");
        Id id = await(x("a").send(message("followed"))).packetId();
        atB.poll(20, TimeUnit.SECONDS).acknowledge();
        until(() -> stages("a", id).contains(TraceStep.Stage.HELD)
                && stages("b", id).contains(TraceStep.Stage.DELIVERED));
        assertEquals(
                List.of(
                        TraceStep.Stage.ACCEPTED,
                        TraceStep.Stage.COMMITTED,
                        TraceStep.Stage.SENT,
                        TraceStep.Stage.HELD),
                stages("a", id));
        assertFalse(stages("b", id).contains(TraceStep.Stage.ACCEPTED));
    }

    private List<TraceStep.Stage> stages(String node, Id message) {
        return open.get(node).trace(message).stream()
                .flatMap(traced -> traced.steps().stream())
                .map(TraceStep::stage)
                .distinct()
                .toList();
    }

    private BlockingQueue<Delivery> consume(String node) {
        BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
        x(node).consume("c", all(), deliveries::add);
        return deliveries;
    }

    private static Interest all() {
        return Interest.inTopics(topic -> true);
    }

    private Subcluster x(String node) {
        return open.get(node).subcluster("x").orElseThrow();
    }

    private void start(String name) throws IOException {
        start(name, name);
    }

    private void start(String name, String directory) throws IOException {
        StreamRelayNode node = open.isEmpty() ? node(directory) : node(directory, "127.0.0.1:" + port);
        port = open.isEmpty() ? node.info().port() : port;
        open.put(name, node);
        node.subcluster(SubclusterOptions.of("x", KEY));
        if (open.size() > 1) {
            until(() -> node.info().peers() > 0);
        }
    }

    private StreamRelayNode node(String directory, String... peers) throws IOException {
        NodeConfig config = NodeConfig.builder(folder.resolve(directory))
                .cluster("rotation")
                .port(0)
                .peers(peers)
                .lanDiscovery(false)
                .build();
        return new StreamRelayNode(config, new BouncyKeyRing(), new UdpTransport(), new SqlitePacketStoreFactory());
    }

    private void stop(String name) {
        open.remove(name).close();
    }

    private static Message message(String text) {
        return Message.of("t", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(BlockingQueue<Delivery> deliveries) throws InterruptedException {
        Delivery delivery = deliveries.poll(30, TimeUnit.SECONDS);
        return delivery == null ? "nothing came" : delivery.text();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "it did not come about in 30 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Receipt;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a node remembers of publications, at the edge of each table. */
class PublicationLimitsTest {

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node sender = mesh.subscribed(1);
    private final TestMesh.Node node = mesh.subscribed(2, sender);

    PublicationLimitsTest() {
        mesh.run(1_000);
        node.observations.clear();
    }

    private void arrive(List<Packet> packets) {
        packets.forEach(packet -> mesh.inject(sender.endpoint, node, packet.withHops(1)));
        mesh.run(1);
    }

    private static List<Packet> message(int seed, int bytes) {
        return TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed, bytes));
    }

    @Test
    void ofFragmentsThatWaitForTheirHeadTheOldestGiveWay() {
        List<Packet> headless = message(1, 700_000);
        headless = headless.subList(1, headless.size());
        arrive(headless);
        assertEquals(Limits.QUARANTINE_PACKETS_MAX, EngineTable.QUARANTINE.size(node.engine));
        assertEquals(headless.size() - Limits.QUARANTINE_PACKETS_MAX, node.drops(DropReason.QUARANTINE_FULL));

        List<Packet> headLast = message(2, 3_000);
        arrive(headLast.subList(1, headLast.size()));
        arrive(headLast.subList(0, 1));
        assertEquals(1, node.delivered.size());
    }

    @Test
    void whatWasSentToAPeerIsRememberedUpToTheLimit() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        for (int seed = 0; seed <= Limits.SENDINGS_MAX; seed++) {
            outflow.offerLive(packet(seed));
            Id sent = outflow.poll(seed).id();
            outflow.told(new Receipt(false, 0, List.of(Receipt.name(sent))), seed);
        }
        assertEquals(Limits.SENDINGS_MAX, Tables.size(outflow, "sendings"));
        assertFalse(outflow.wasSent(packet(0)));
        assertTrue(outflow.wasSent(packet(1)));
        outflow.settle(packet(0), Limits.SENDINGS_MAX);
        assertEquals(Limits.SENDINGS_MAX, Tables.size(outflow, "sendings"));
        assertTrue(outflow.offerRepair(packet(1), Limits.SENDINGS_MAX));
    }

    private static CachedPacket packet(int seed) {
        return CachedPacket.arrived(message(seed, 16).get(0), 0);
    }

    @Test
    void aMessageIsRefusedWhileTooManyWaitToBeCommitted() {
        for (int token = 1; token <= Limits.PUBLICATIONS_MAX; token++) {
            assertFalse(isRefused(publish(token)));
        }
        assertTrue(isRefused(publish(Limits.PUBLICATIONS_MAX + 1)));
        assertEquals(Limits.PUBLICATIONS_MAX, EngineTable.PUBLICATIONS.size(node.engine));

        assertTrue(handle(new Event.Committed(1)).stream().anyMatch(Action.Accepted.class::isInstance));
        assertFalse(isRefused(publish(Limits.PUBLICATIONS_MAX + 2)));
        handle(new Event.CommitFailed(2, "the disk is full"));
        assertFalse(isRefused(publish(Limits.PUBLICATIONS_MAX + 3)));
        assertTrue(isRefused(publish(Limits.PUBLICATIONS_MAX + 4)));
    }

    @Test
    void whatWaitsToBeCommittedCountsAsBacklog() {
        handle(new Event.Configured(withRoomForABacklogOf(3_000)));
        for (int token = 1; token <= 3; token++) {
            assertNull(refusal(publish(token, 1_000)));
        }
        assertEquals(Refusal.BACKLOG_FULL, refusal(publish(4, 1_000)));
        handle(new Event.CommitFailed(1, "the disk is full"));
        assertNull(refusal(publish(5, 1_000)));
        assertEquals(Refusal.BACKLOG_FULL, refusal(publish(6, 1_000)));
    }

    @Test
    void whatNoBacklogCanEverHoldIsTooLargeAndNotRefusedForNow() {
        handle(new Event.Configured(withRoomForABacklogOf(3_000)));
        assertNull(refusal(publish(1, 3_000)));
        assertEquals(Refusal.BACKLOG_FULL, refusal(publish(2, 3_000)));
        List<Action> answers = publish(3, 3_001);
        assertEquals(Refusal.TOO_LARGE, refusal(answers));
        assertTrue(answers.toString().contains("has 3001 bytes; 3000 are allowed"), answers::toString);
    }

    private EngineConfig withRoomForABacklogOf(long bytes) {
        EngineConfig defaults = EngineConfig.of(node.id, TestPackets.CLUSTER, List.of());
        return new EngineConfig(
                defaults.self(),
                defaults.cluster(),
                defaults.indexed(),
                defaults.natType(),
                defaults.publicEndpoint(),
                defaults.bootstrap(),
                defaults.heartbeatMs(),
                defaults.carriedBytesMax(),
                bytes,
                defaults.relayForeign(),
                defaults.messageBytesMax());
    }

    private static Refusal refusal(List<Action> actions) {
        return actions.stream()
                .filter(Action.Refused.class::isInstance)
                .map(action -> ((Action.Refused) action).reason())
                .filter(reason -> reason != Refusal.STORE_FAILED)
                .findFirst()
                .orElse(null);
    }

    private List<Action> publish(int token) {
        return publish(token, 16);
    }

    private List<Action> publish(int token, int bytes) {
        return handle(new Event.Publish(token, TestMesh.message(TestPackets.sealed(token, bytes))));
    }

    private List<Action> handle(Event event) {
        return node.engine.handle(event, new Now(mesh.nowMs, mesh.wallAheadMs + mesh.nowMs));
    }

    private static boolean isRefused(List<Action> actions) {
        return refusal(actions) == Refusal.BUSY;
    }

    @Test
    void aPacketIsKnownUntilTwiceAsManyOthersCameAsTheLimit() {
        Packet first = TestPackets.single(1);
        Packet last = TestPackets.single(2);
        long[] keys = LongStream.range(1, 2 * Limits.SEEN_IDS + 1).toArray();
        keys[0] = key(first);
        restore(keys);
        arrive(List.of(first));
        assertEquals(1, node.drops(DropReason.DUPLICATE));

        restore(key(last));
        arrive(List.of(first, last));
        assertEquals(2, node.drops(DropReason.DUPLICATE));
        assertEquals(1, node.delivered.size());
    }

    private void restore(long... seen) {
        node.give(new Event.Restored(List.of(), seen, List.of()));
    }

    private static long key(Packet packet) {
        return ByteBuffer.wrap(packet.packetId().bytes()).getLong();
    }
}

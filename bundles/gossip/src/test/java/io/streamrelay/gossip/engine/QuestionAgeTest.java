// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.QueryBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question is old by its asker's clock alone, whatever that clock and ours show. */
class QuestionAgeTest {

    private static final long IN_1970 = 12_345;
    private static final long A_DAY = Duration.ofDays(1).toMillis();

    private final TestMesh mesh = new TestMesh();
    private final TestMesh.Node node = mesh.start(1);
    private final ScriptedReference reference = new ScriptedReference(mesh, node, 9);
    private final Packet held = TestPackets.single(1);
    private int asked;

    private void connect(Long clockMs) {
        reference.connect(clockMs);
        mesh.inject(reference.endpoint, node, held.withHops(1));
        mesh.run(1);
    }

    private boolean isAnswered(long stampMs, int hops) {
        reference.received.clear();
        reference.send(Packet.builder(PacketType.QUERY)
                .hops(hops)
                .set(Field.USR1, Long.toString(stampMs).getBytes(StandardCharsets.US_ASCII))
                .set(Field.USR3, TestPackets.filled(++asked))
                .set(Field.USR4, new byte[] {'1'})
                .message(new QueryBody(held.packetId()).toJson()));
        mesh.run(1);
        return !reference.received(PacketType.QUERY).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {IN_1970, 1_800_000_000_000L, 1_800_000_000_000L + 86_400_000, 1_800_000_000_000L - 3_600_000})
    void ageCountsByTheAskersClock(long clockMs) {
        long startMs = mesh.nowMs;
        connect(clockMs);
        mesh.run(5_000);
        long nowMs = clockMs + mesh.nowMs - startMs;
        assertTrue(isAnswered(nowMs, 1));
        assertTrue(isAnswered(nowMs - 1_900, 1));
        assertFalse(isAnswered(nowMs - 2_100, 1));
        assertFalse(isAnswered(nowMs - 5_000, 0));
        assertEquals(2, node.drops(DropReason.QUERY_OLD));
    }

    @Test
    void nothingIsOldWhileTheAskersClockIsNotKnown() {
        connect(null);
        assertTrue(isAnswered(IN_1970, 1));
        assertTrue(isAnswered(mesh.wallAheadMs + mesh.nowMs - 5_000, 1));
    }

    @Test
    void aQuestionThatWasPassedOnIsNotHeldAgainstTheRelaysClock() {
        connect(mesh.wallAheadMs + mesh.nowMs);
        assertTrue(isAnswered(IN_1970, 2));
    }

    @Test
    void ourOwnClockMayJump() {
        long clockMs = mesh.wallAheadMs + mesh.nowMs;
        connect(clockMs);
        mesh.wallAheadMs += A_DAY;
        assertTrue(isAnswered(clockMs, 1));
        mesh.wallAheadMs = 0;
        assertTrue(isAnswered(clockMs, 1));
        assertFalse(isAnswered(clockMs - 3_000, 1));
    }

    @Test
    void theAskersClockMayJumpBothWays() {
        long clockMs = mesh.wallAheadMs + mesh.nowMs;
        connect(clockMs);
        assertTrue(isAnswered(clockMs + A_DAY, 1));
        assertTrue(isAnswered(clockMs - A_DAY, 1));
        reference.ping(clockMs - 60_000, false);
        mesh.run(1);
        assertTrue(isAnswered(clockMs - 60_000, 1));
        assertFalse(isAnswered(clockMs - 65_000, 1));
    }

    private Packet ownQuestion() {
        reference.received.clear();
        node.give(new Event.Query(1, "{}".getBytes(), 1_000, 1));
        return reference.received(PacketType.QUERY).get(0);
    }

    @Test
    void ourQuestionsSayTheTimeAsTheReferenceDoes() {
        connect(mesh.wallAheadMs + mesh.nowMs + Timing.CLOCK_DOUBT_MS - 10);
        Packet question = ownQuestion();
        assertEquals(
                Long.toString(mesh.wallAheadMs + mesh.nowMs),
                new String(question.copy(Field.USR1), StandardCharsets.US_ASCII));
        assertEquals("1", new String(question.copy(Field.USR4), StandardCharsets.US_ASCII));
        assertEquals(32, question.length(Field.USR3));
        assertEquals(-1, question.index());
        assertEquals(1, question.hops());
    }

    /** The reference reads the unset field as no number, and lets the question pass. */
    @Test
    void ourQuestionsSayNoTimeThatAReferencePeerWouldFindOld() {
        connect(mesh.wallAheadMs + mesh.nowMs + 60_000);
        assertFalse(ownQuestion().isSet(Field.USR1));
        reference.ping(mesh.wallAheadMs + mesh.nowMs, false);
        mesh.run(1);
        assertTrue(ownQuestion().isSet(Field.USR1));
        mesh.wallAheadMs = 0;
        assertFalse(ownQuestion().isSet(Field.USR1));
    }
}

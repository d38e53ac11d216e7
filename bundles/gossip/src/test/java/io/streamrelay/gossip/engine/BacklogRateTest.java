// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Receipt;
import io.streamrelay.gossip.packet.ShortForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not new leaves no faster than configured, and holds up nothing that is. */
class BacklogRateTest {

    private static final int MINUTE_MS = 60_000;

    private final Outflow outflow = Outflow.toward(true, 1, 0);
    private int repairs;
    private int looks;

    private static CachedPacket packet(int seed) {
        return TestPackets.stamped(seed, TestPackets.SUBCLUSTER, 800);
    }

    private static List<CachedPacket> packets(int from, int until) {
        return IntStream.range(from, until).mapToObj(BacklogRateTest::packet).toList();
    }

    private static void told(Outflow outflow, int number, long nowMs, CachedPacket... came) {
        List<Integer> names =
                Stream.of(came).map(packet -> Receipt.name(packet.id())).toList();
        outflow.told(new Receipt(false, number, names), nowMs);
    }

    /** What leaves at that time of all that waits. */
    private static List<CachedPacket> polled(Outflow outflow, long nowMs) {
        List<CachedPacket> polled = new ArrayList<>();
        for (CachedPacket next = outflow.poll(nowMs); next != null; next = outflow.poll(nowMs)) {
            polled.add(next);
        }
        return polled;
    }

    private static int datagramBytes(Outflow outflow, CachedPacket left) {
        ShortForm shortForm = outflow.shortForm();
        return (shortForm == null ? left.packet().size() : shortForm.size()) + Limits.DATAGRAM_HEADER_BYTES;
    }

    private void offerRepairs(Outflow to, int count, long nowMs) {
        for (int offered = 0; offered < count; offered++) {
            CachedPacket repair = packet(++repairs);
            repair.sequence(repairs);
            assertTrue(to.offerRepair(repair, nowMs));
        }
    }

    /** As much backlog as can leave does, when its own timer says so; the bytes. The other tells at once what has come. */
    private long backlogBytes(Outflow to, long fromMs, long untilMs) {
        long bytes = 0;
        offerRepairs(to, 10, fromMs);
        for (long nowMs = fromMs; nowMs < untilMs; ) {
            to.looked();
            looks++;
            for (CachedPacket left = to.poll(nowMs); left != null; left = to.poll(nowMs)) {
                bytes += datagramBytes(to, left);
                if (to.line() != null) {
                    told(to, 0, nowMs, left);
                }
                offerRepairs(to, 1, nowMs);
            }
            long waitMs = to.lookAgain(nowMs);
            assertTrue(waitMs > 0, "it waits");
            nowMs += waitMs;
        }
        return bytes;
    }

    private void emptyTheBucket(long nowMs) {
        offerRepairs(outflow, 10, nowMs);
        List<CachedPacket> left = polled(outflow, nowMs);
        assertTrue(left.size() <= 3, "more than two packets or so at once: " + left.size());
        assertNull(outflow.poll(nowMs));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 256, 2_000})
    void leavesAtTheConfiguredRate(int kilobits) {
        outflow.backlogRate(kilobits, 0);
        assertEquals(60 * 125.0 * kilobits, backlogBytes(outflow, 0, MINUTE_MS), 60 * 125.0 * kilobits * 0.05);
    }

    @Test
    void isLookedAtOnceForEachPacketAndNotAllTheTime() {
        outflow.backlogRate(64, 0);
        backlogBytes(outflow, 0, MINUTE_MS);
        assertTrue(looks <= repairs + 10, looks + " looks for " + repairs + " packets");
    }

    @Test
    void leavesToAReferencePeerAtTheConfiguredRate() {
        Outflow reference = Outflow.toward(false, 1, 0);
        reference.backlogRate(16, 0);
        assertEquals(120_000, backlogBytes(reference, 0, MINUTE_MS), 120_000 * 0.05);
        assertTrue(looks <= repairs + 10, looks + " looks for " + repairs + " packets");
        CachedPacket fresh = packet(-1);
        reference.offerLive(fresh);
        assertSame(fresh, reference.poll(MINUTE_MS));
    }

    @Test
    void whatIsNewLeavesAtOnce() {
        outflow.backlogRate(8, 0);
        emptyTheBucket(0);
        for (CachedPacket fresh : packets(-20, 0)) {
            outflow.offerLive(fresh);
            assertSame(fresh, outflow.poll(1));
            told(outflow, 0, 1, fresh);
            assertNull(outflow.poll(1));
        }
    }

    @Test
    void whatIsNewDoesNotCountAsBacklog() {
        outflow.backlogRate(64, 0);
        long bytes = 0;
        for (int second = 0; second < 60; second++) {
            for (CachedPacket fresh : packets(-1_000 - 10 * second, -990 - 10 * second)) {
                outflow.offerLive(fresh);
                assertSame(fresh, outflow.poll(second * 1_000));
                told(outflow, 0, second * 1_000, fresh);
            }
            bytes += backlogBytes(outflow, second * 1_000, second * 1_000 + 1_000);
        }
        assertEquals(480_000, bytes, 24_000);
    }

    @Test
    void whatWasNewAndGotLostLeavesAtOnceAndBacklogThatGotLostAtItsRate() {
        outflow.backlogRate(8, 0);
        CachedPacket fresh = packet(-1);
        outflow.offerLive(fresh);
        assertSame(fresh, outflow.poll(0));
        emptyTheBucket(0);
        CachedPacket later = packet(-2);
        outflow.offerLive(later);
        assertSame(later, outflow.poll(0));
        // What left before that has not come: the two that were new, and some backlog.
        told(outflow, Receipt.AFRESH, 50);
        outflow.offerLive(packet(-3));
        assertEquals(
                List.of(fresh.id(), later.id(), packet(-3).id()),
                polled(outflow, 50).stream().map(CachedPacket::id).toList());
        CachedPacket again = outflow.poll(20_000);
        assertNotNull(again);
        assertEquals(1, again.sequence(), "lost before what has not left yet");
    }

    @Test
    void oneUnansweredQuestionMakesNoBacklogOfWhatIsNew() {
        outflow.backlogRate(8, 0);
        emptyTheBucket(0);
        outflow.line().ask(1_000);
        CachedPacket fresh = packet(-1);
        outflow.offerLive(fresh);
        assertSame(fresh, outflow.poll(1_000));
    }

    @Test
    void whatWasNewWhileTheLineWasCutIsBacklogAndWhatIsNewThenGoesFirst() {
        outflow.backlogRate(8, 0);
        CachedPacket before = packet(-1);
        outflow.offerLive(before);
        assertSame(before, outflow.poll(0));
        IntStream.range(1, 10).forEach(second -> outflow.line().ask(1_000 * second));
        packets(1, 20).forEach(outflow::offerLive);
        int tried = 0;
        for (long nowMs = 10_000; nowMs < 20_000; nowMs += 10) {
            tried += polled(outflow, nowMs).size();
        }
        assertTrue(tried > 5 && tried < 16, tried + " tried blindly");
        told(outflow, outflow.line().ask(20_000), 20_050, before);
        CachedPacket fresh = packet(-2);
        outflow.offerLive(fresh);
        assertSame(fresh, outflow.poll(20_050));
        assertTrue(polled(outflow, 20_050).size() <= 2);
        assertEquals(19, outflow.waiting() + 1, 1, "what was tried has got lost");
    }

    /** Without a rate what waits leaves as the link lets it. */
    @Test
    void zeroIsAsFastAsTheLinkCarriesIt() {
        Outflow untouched = Outflow.toward(true, 1, 0);
        outflow.backlogRate(0, 0);
        offerRepairs(untouched, 100, 0);
        repairs = 0;
        offerRepairs(outflow, 100, 0);
        for (long nowMs = 0; nowMs < 1_000; nowMs++) {
            for (CachedPacket left = outflow.poll(nowMs); left != null; left = outflow.poll(nowMs)) {
                assertEquals(left.id(), untouched.poll(nowMs).id());
                assertEquals(untouched.flags(), outflow.flags());
                told(outflow, 0, nowMs, left);
                told(untouched, 0, nowMs, left);
            }
            assertNull(untouched.poll(nowMs));
        }
        assertTrue(outflow.isEmpty());
    }

    @Test
    void changesWhileSomethingWaitsAndLosesNothing() {
        outflow.backlogRate(8, 0);
        emptyTheBucket(0);
        int waiting = outflow.waiting();
        outflow.backlogRate(0, 1);
        assertNotNull(outflow.poll(1));
        outflow.backlogRate(8, 1);
        int left = 1 + polled(outflow, 1).size();
        assertEquals(waiting, outflow.waiting() + left);
        outflow.backlogRate(0, 2);
        told(outflow, 0, 2, packet(1), packet(2));
        for (long nowMs = 2; nowMs < 5_000; nowMs++) {
            for (CachedPacket each : polled(outflow, nowMs)) {
                told(outflow, 0, nowMs, each);
                left++;
            }
        }
        assertEquals(waiting, left);
    }

    @Test
    void whatIsNewHasRoomThoughABacklogFillsTheQueue() {
        outflow.backlogRate(8, 0);
        offerRepairs(outflow, Limits.OUTFLOW_PACKETS_MAX, 0);
        CachedPacket fresh = packet(-1);
        assertTrue(outflow.offerLive(fresh));
        assertSame(fresh, outflow.poll(0));
    }

    @Test
    void saysThatMoreWaitsThoughItMayNotLeaveYet() {
        outflow.backlogRate(8, 0);
        offerRepairs(outflow, 5, 0);
        polled(outflow, 0);
        assertTrue((outflow.flags() & AgeStamp.MORE) != 0);
    }

    /** A node's setting is felt at once: nothing waits for what it was. */
    @Test
    void nodeThatIsConfiguredAnewSendsAtTheNewRate() {
        TestMesh mesh = new TestMesh();
        TestMesh.Node sender = mesh.subscribed(1);
        EngineConfig config = EngineConfig.of(sender.id, TestPackets.CLUSTER, List.of());
        sender.give(new Event.Configured(config.withBacklogRate(8)));
        IntStream.range(0, 60).forEach(token -> sender.publish(token + 1, TestPackets.sealed(token, 800)));
        TestMesh.Node receiver = mesh.subscribed(2, sender);
        mesh.run(20_000);
        int slowly = receiver.delivered.size();
        assertTrue(slowly >= 5 && slowly <= 25, slowly + " in 20 s");
        sender.give(new Event.Configured(config.withBacklogRate(0)));
        mesh.run(1_000);
        assertEquals(60, receiver.delivered.size());
    }
}

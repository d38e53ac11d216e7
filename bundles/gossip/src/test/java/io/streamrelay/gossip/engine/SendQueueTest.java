// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private final SendQueue queue = new SendQueue();
    private final CachedPacket first = packet(1);
    private final CachedPacket second = packet(2);
    private final CachedPacket third = packet(3);
    private final CachedPacket fourth = packet(4);

    private static CachedPacket packet(int seed) {
        return CachedPacket.arrived(TestPackets.single(seed), 0);
    }

    private List<SendQueue.Next> pollAll() {
        List<SendQueue.Next> polled = new ArrayList<>();
        while (!queue.isEmpty()) {
            polled.add(queue.poll());
        }
        return polled;
    }

    private static SendQueue.Next lost(CachedPacket packet) {
        return new SendQueue.Next(packet, SendQueue.Kind.LOST);
    }

    private static SendQueue.Next live(CachedPacket packet) {
        return new SendQueue.Next(packet, SendQueue.Kind.LIVE);
    }

    private static SendQueue.Next repair(CachedPacket packet) {
        return new SendQueue.Next(packet, SendQueue.Kind.REPAIR);
    }

    private void assertFull() {
        assertFalse(queue.offerLost(packet(11)));
        assertFalse(queue.offerLive(packet(12), false));
        assertFalse(queue.offerLive(packet(13), true));
        assertFalse(queue.offerRepair(packet(14)));
    }

    @Test
    void givesWhatGotLostThenWhatIsNewThenWhatIsUntriedThenRepairs() {
        queue.offerRepair(first);
        queue.offerLive(second, false);
        queue.offerLive(third, true);
        queue.offerLost(fourth);
        assertEquals(List.of(lost(fourth), live(second), live(third), repair(first)), pollAll());
    }

    @Test
    void holdsNoMoreThanTheLimitOfAllKinds() {
        assertTrue(queue.offerLost(first));
        assertTrue(queue.offerLive(second, false));
        assertTrue(queue.offerLive(third, true));
        assertTrue(queue.offerRepair(fourth));
        for (int seed = 4; seed < Limits.OUTFLOW_PACKETS_MAX; seed++) {
            assertTrue(queue.offerLost(first));
        }
        assertFull();
        assertEquals(Limits.OUTFLOW_PACKETS_MAX, pollAll().size());
    }

    @Test
    void holdsAsManyOfEachKindAsOfAll() {
        List<CachedPacket> packets = new ArrayList<>();
        for (int seed = 100; packets.size() < Limits.OUTFLOW_PACKETS_MAX; seed++) {
            packets.add(packet(seed));
        }
        packets.forEach(packet -> assertTrue(queue.offerLost(packet)));
        assertFull();
        pollAll();
        packets.forEach(packet -> assertTrue(queue.offerLive(packet, false)));
        assertFull();
        pollAll();
        packets.forEach(packet -> assertTrue(queue.offerLive(packet, true)));
        assertFull();
        pollAll();
        packets.forEach(packet -> assertTrue(queue.offerRepair(packet)));
        assertFull();
        assertEquals(packets.size(), pollAll().size());
    }

    @Test
    void hasRoomAgainWhenSomethingHasLeft() {
        for (int i = 0; i < Limits.OUTFLOW_PACKETS_MAX; i++) {
            queue.offerLive(first, false);
        }
        queue.poll();
        assertTrue(queue.offerRepair(second));
        assertFull();
    }

    @Test
    void holdsARepairOnce() {
        assertTrue(queue.offerRepair(first));
        assertFalse(queue.offerRepair(first));
        assertEquals(List.of(repair(first)), pollAll());
    }

    @Test
    void takesOutARepairThatGotLostMeanwhileEvenWhenItIsFull() {
        queue.offerRepair(first);
        for (int i = 1; i < Limits.OUTFLOW_PACKETS_MAX; i++) {
            queue.offerLive(second, false);
        }
        assertTrue(queue.offerLost(first));
        assertFull();
        assertFalse(queue.hasRepairs());
        assertEquals(lost(first), queue.poll());
    }

    @Test
    void givesRepairsInTheOrderInWhichTheyCameToBeHeld() {
        first.sequence(3);
        second.sequence(1);
        third.sequence(2);
        List.of(first, second, third).forEach(queue::offerRepair);
        assertEquals(List.of(repair(second), repair(third), repair(first)), pollAll());
    }

    @Test
    void givesOnASilentLineWhatCameSinceAlone() {
        queue.offerLost(first);
        queue.offerLive(second, false);
        queue.offerRepair(third);
        assertFalse(queue.hasUntried());
        queue.offerLive(fourth, true);
        assertTrue(queue.hasUntried());
        assertSame(fourth, queue.pollUntried());
        assertFalse(queue.hasUntried());
        assertNull(queue.pollUntried());
        assertEquals(List.of(lost(first), live(second), repair(third)), pollAll());
    }

    @Test
    void givesWhatIsNewInItsOrderWhenALineIsSilentNoMore() {
        queue.offerLive(first, true);
        queue.offerLive(second, false);
        queue.offerLive(third, false);
        assertEquals(List.of(live(first), live(second), live(third)), pollAll());
    }

    @Test
    void givesNothingThatIsHeldNoMoreWhereverItWaits() {
        CachedPacket gone = packet(5);
        for (int i = 0; i < 2; i++) {
            queue.offerLost(gone);
            queue.offerLost(first);
            queue.offerLive(gone, false);
            queue.offerLive(second, false);
        }
        for (int i = 0; i < 2; i++) {
            queue.offerLive(gone, true);
            queue.offerLive(third, true);
        }
        gone.markGone();
        assertEquals(
                List.of(lost(first), lost(first), live(second), live(second), live(third), live(third)), pollAll());
    }

    @Test
    void triesNothingThatIsHeldNoMore() {
        queue.offerLive(first, true);
        queue.offerLive(second, true);
        queue.offerLive(third, true);
        first.markGone();
        third.markGone();
        assertTrue(queue.hasUntried());
        assertSame(second, queue.pollUntried());
        assertFalse(queue.hasUntried());
    }

    @Test
    void isEmptyWhenAllOfItIsHeldNoMore() {
        queue.offerLost(first);
        queue.offerLive(second, false);
        queue.offerLive(third, true);
        queue.offerRepair(fourth);
        assertFalse(queue.isEmpty());
        List.of(first, second, third, fourth).forEach(CachedPacket::markGone);
        queue.remove(fourth, false);
        assertTrue(queue.isEmpty());
    }

    @Test
    void whatIsGoneTakesNoRoomWhereverItWaits() {
        queue.offerLive(first, false);
        for (int i = 1; i < Limits.OUTFLOW_PACKETS_MAX; i++) {
            queue.offerLive(second, false);
        }
        assertFull();
        second.markGone();
        queue.forget(second);
        assertTrue(queue.offerLive(third, false));
        assertEquals(List.of(live(first), live(third)), pollAll());
    }

    @Test
    void givesWhatIsBacklogLast() {
        queue.offerLost(first, true);
        queue.offerLive(second, true);
        queue.miss();
        queue.offerRepair(third);
        assertFalse(queue.hasLive());
        queue.offerLost(fourth);
        CachedPacket fifth = packet(5);
        queue.offerLive(fifth, true);
        assertTrue(queue.hasLive());
        assertEquals(List.of(lost(fourth), live(fifth), lost(first), live(second), repair(third)), pollAll());
    }

    @Test
    void makesRoomForWhatIsNewWithTheLastRepair() {
        for (int seed = 100; queue.size() < Limits.OUTFLOW_PACKETS_MAX; seed++) {
            CachedPacket repair = packet(seed);
            repair.sequence(seed);
            queue.offerRepair(repair);
        }
        queue.makeRoom();
        assertTrue(queue.offerLive(first, false));
        List<SendQueue.Next> all = pollAll();
        assertEquals(Limits.OUTFLOW_PACKETS_MAX, all.size());
        assertEquals(live(first), all.get(0));
        assertEquals(100, all.get(1).packet().sequence());
    }

    @Test
    void whatIsCarriedForStrangersLeavesLast() {
        queue.offerForeign(first);
        queue.offerRepair(second);
        queue.offerLive(third, false);
        assertEquals(List.of(live(third), repair(second), live(first)), pollAll());
    }

    @Test
    void whatIsCarriedForStrangersLeavesRoomForOurOwn() {
        for (int i = 0; i < Limits.OUTFLOW_FOREIGN_MAX; i++) {
            assertTrue(queue.offerForeign(first));
        }
        assertFalse(queue.offerForeign(second));
        assertTrue(queue.offerLive(second, false));
        assertEquals(1 + Limits.OUTFLOW_FOREIGN_MAX, pollAll().size());
    }
}

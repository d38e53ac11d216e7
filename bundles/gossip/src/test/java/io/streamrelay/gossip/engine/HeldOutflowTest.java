// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What waits for a peer that is back, until it says from whom it takes that. */
class HeldOutflowTest {

    private final Outflow outflow = Outflow.toward(true, 1, 0);
    private final CachedPacket first = packet(1);
    private final CachedPacket second = packet(2);

    private static CachedPacket packet(int seed) {
        return CachedPacket.arrived(TestPackets.single(seed), 0);
    }

    private void told(int number, long nowMs, CachedPacket... came) {
        outflow.told(
                new Receipt(
                        false,
                        number,
                        Stream.of(came).map(packet -> Receipt.name(packet.id())).toList()),
                nowMs);
    }

    @Test
    void leavesWhenThePeerSaysWhatItHasGot() {
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.offerLive(second);
        outflow.hold(1_000);
        assertNull(outflow.poll(1_000));
        told(Receipt.AFRESH, 1_100);
        assertEquals(
                List.of(first, second),
                Stream.of(outflow.poll(1_100), outflow.poll(1_100)).toList());
        assertTrue(outflow.isRepair(), "so that nobody passes it on: others bring it, too");
    }

    @Test
    void leavesWithoutWhatThePeerHasGot() {
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.offerLive(second);
        outflow.hold(1_000);
        told(Receipt.AFRESH, 1_100, first);
        assertSame(second, outflow.poll(1_100));
        assertNull(outflow.poll(1_100));
    }

    /** What the peer says it has got may have crossed what has left since it is back. */
    @Test
    void whatHasLeftSinceMayBeOnItsWay() {
        outflow.offerLive(first);
        outflow.poll(0);
        told(0, 100, first);
        outflow.hold(1_000);
        outflow.unhold();
        outflow.offerLive(second);
        assertSame(second, outflow.poll(1_010));
        told(Receipt.AFRESH, 1_020);
        assertNull(outflow.poll(1_020));
    }

    /** Its word goes twice when it may not have been heard. */
    @Test
    void leavesOnceWhenThePeerSaysItTwice() {
        outflow.offerLive(first);
        outflow.hold(1_000);
        told(Receipt.AFRESH, 1_100);
        assertSame(first, outflow.poll(1_100));
        told(Receipt.AFRESH, 1_200);
        assertNull(outflow.poll(1_200));
    }

    @Test
    void leavesToWhoHasStartedAgain() {
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.offerLive(second);
        outflow.hold(1_000);
        assertTrue(outflow.release());
        assertEquals(
                List.of(first, second),
                Stream.of(outflow.poll(1_100), outflow.poll(1_100)).toList());
    }

    @Test
    void isForgottenWhenBothHaveCompared() {
        outflow.offerLive(first);
        outflow.poll(0);
        outflow.offerLive(second);
        outflow.hold(1_000);
        outflow.compared();
        assertNull(outflow.poll(1_100));
        assertTrue(outflow.offerRepair(first, 1_100), "it may have got lost");
        assertTrue(outflow.offerRepair(second, 1_100));
    }

    @Test
    void waitsOnWhenThePeerGoesBeforeItHasSaidAnything() {
        outflow.offerLive(first);
        outflow.hold(1_000);
        outflow.unhold();
        assertTrue(outflow.isBusy(), "so that the peer is looked for");
        outflow.offerLive(second);
        outflow.hold(2_000);
        assertNull(outflow.poll(2_000));
        told(Receipt.AFRESH, 2_100);
        assertEquals(
                List.of(first, second),
                Stream.of(outflow.poll(2_100), outflow.poll(2_100)).toList());
    }

    @Test
    void doesNotHoldUpWhatIsNew() {
        outflow.offerLive(first);
        outflow.hold(1_000);
        outflow.offerLive(second);
        assertSame(second, outflow.poll(1_000));
        assertNull(outflow.poll(1_000));
    }

    /** A fragment that waits for the one before it is in the peer's memory alone, though it has told that it came. */
    @Test
    void fragmentsAfterAGapGoAgainToWhoHasStartedAgain() {
        List<CachedPacket> parts = TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(3, 5_000)).stream()
                .map(packet -> CachedPacket.arrived(packet, 0))
                .toList();
        parts.forEach(outflow::offerLive);
        for (int i = 0; i < parts.size(); i++) {
            if (i == 3) {
                told(0, 300, parts.get(0), parts.get(1));
            }
            assertSame(parts.get(i), outflow.poll(i * 100L));
        }
        // The third got lost.
        told(0, 700, parts.get(3), parts.get(4));
        outflow.begunAnew();
        assertSame(parts.get(2), outflow.poll(700));
        assertSame(parts.get(3), outflow.poll(800));
        assertSame(parts.get(4), outflow.poll(900));
        assertNull(outflow.poll(1_000));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told in full, and what by name, to one of our own nodes that tells what has come. */
class ShortFormOutflowTest {

    private static final int BODY_BYTES = 300;
    private static final int IN_FULL = 138;
    private static final int NAMED = 30;

    /** As {@link #told} makes it. */
    private static final long ROUND_TRIP_MS = 1;

    private static final int NEW_SUBCLUSTER = NAMED + Id.BYTES;

    private final Outflow outflow = Outflow.toward(true, 1, 0);
    private int seed;
    private long nowMs;

    private CachedPacket packet(Id subcluster) {
        return TestPackets.stamped(seed++, subcluster, BODY_BYTES);
    }

    private CachedPacket packet() {
        return packet(TestPackets.SUBCLUSTER);
    }

    /** What is around the body of a packet that leaves. */
    private int leaves(CachedPacket packet) {
        outflow.offerLive(packet);
        return leavesAgain(packet);
    }

    private int leavesAgain(CachedPacket packet) {
        assertSame(packet, outflow.poll(nowMs));
        return outflow.shortForm().size() - BODY_BYTES;
    }

    private void told(int number, CachedPacket... came) {
        List<Integer> names =
                Stream.of(came).map(packet -> Receipt.name(packet.id())).toList();
        outflow.told(new Receipt(false, number, names), ++nowMs);
    }

    /** The round trip is known, and the usual values are. */
    @BeforeEach
    void begin() {
        CachedPacket first = packet();
        assertEquals(IN_FULL, leaves(first));
        told(0, first);
        CachedPacket second = packet();
        assertEquals(NAMED, leaves(second));
        told(0, second);
    }

    @Test
    void tellsInFullWhatGoesForTheThirdTime() {
        CachedPacket lost = packet();
        leaves(lost);
        nowMs += 10 * ROUND_TRIP_MS;
        told(Receipt.AFRESH, packet());
        assertEquals(NAMED, leavesAgain(lost));
        nowMs += 10 * ROUND_TRIP_MS;
        told(Receipt.AFRESH, packet());
        assertEquals(IN_FULL, leavesAgain(lost));
    }

    @Test
    void presumesWhatItHasToldTwice() {
        Id other = TestPackets.numbered(1);
        assertEquals(NEW_SUBCLUSTER, leaves(packet(other)));
        assertEquals(NEW_SUBCLUSTER, leaves(packet(other)));
        assertEquals(NAMED, leaves(packet(other)));
    }

    /** However short the next contact is, it teaches: else what got lost would be named, and get lost, each time. */
    @Test
    void presumesNothingAfterAContactsEnd() {
        Id other = TestPackets.numbered(1);
        leaves(packet(other));
        leaves(packet(other));
        outflow.hold(++nowMs);
        outflow.release();
        assertEquals(NEW_SUBCLUSTER, leaves(packet(other)));
    }

    @Test
    void namesNothingToWhoHasNothingOrHasForgotten() {
        told(0);
        assertEquals(IN_FULL, leaves(packet()));
        CachedPacket next = packet();
        leaves(next);
        told(0, next);
        assertEquals(NAMED, leaves(packet()));
        told(Receipt.FORGOTTEN, next);
        assertEquals(IN_FULL, leaves(packet()));
    }

    @Test
    void namesNothingToWhoHasBegunAnew() {
        outflow.begunAnew();
        assertEquals(IN_FULL, leaves(packet()));
    }

    @Test
    void tellsAReferencePeerPacketsAlone() {
        Outflow reference = Outflow.toward(false, 1, 0);
        reference.offerLive(packet());
        reference.poll(0);
        assertNull(reference.shortForm());
    }
}

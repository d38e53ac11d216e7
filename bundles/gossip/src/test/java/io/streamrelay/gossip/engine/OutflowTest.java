// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OutflowTest {

    private final CachedPacket first = packet(1);
    private final CachedPacket second = packet(2);

    private static CachedPacket packet(int seed) {
        return CachedPacket.arrived(TestPackets.single(seed), 0);
    }

    private static int pollAll(Outflow outflow, long nowMs) {
        int polled = 0;
        while (outflow.poll(nowMs) != null) {
            polled++;
        }
        return polled;
    }

    private static void told(Outflow outflow, int number, long nowMs, CachedPacket... came) {
        List<Integer> names =
                Stream.of(came).map(packet -> Receipt.name(packet.id())).toList();
        outflow.told(new Receipt(false, number, names), nowMs);
    }

    @Test
    void sendsLivePacketsBeforeRepairs() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerRepair(first, 0);
        outflow.offerLive(second);
        assertSame(second, outflow.poll(0));
        assertSame(first, outflow.poll(0));
        assertTrue(outflow.isEmpty());
    }

    @Test
    void doesNotRepairWhatMayStillBeOnItsWay() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.poll(0);
        assertFalse(outflow.offerRepair(first, Timing.IN_FLIGHT_MS - 1));
        assertTrue(outflow.offerRepair(first, Timing.IN_FLIGHT_MS));
    }

    private static int repeated(Outflow outflow, CachedPacket packet, long forMs) {
        int sent = 0;
        for (long nowMs = 0; nowMs < forMs; nowMs += 50) {
            if (outflow.offerRepair(packet, nowMs)) {
                outflow.poll(nowMs);
                sent++;
            }
        }
        return sent;
    }

    @Test
    void repeatsARepairEverMoreRarely() {
        assertEquals(8, repeated(Outflow.toward(false, 1, 0), first, 60_000));
    }

    @Test
    void repeatsToKinThatHasNotDeclinedEveryFourSeconds() {
        assertEquals(5 + 14, repeated(Outflow.toward(true, 1, 0), first, 60_000));
    }

    @Test
    void queuesARepairOnce() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        assertTrue(outflow.offerRepair(first, 0));
        assertFalse(outflow.offerRepair(first, 0));
    }

    /** A reference peer drops what exceeds 1,023 in a calendar minute (protocol-v6 D54). */
    @Test
    @Tag("case-34")
    void staysBelowWhatAReferencePeerTakesInAMinute() {
        Outflow outflow = Outflow.toward(false, 1, 0);
        for (int seed = 0; seed < 2_000; seed++) {
            outflow.offerLive(packet(seed));
        }
        int sent = 0;
        for (long nowMs = 0; nowMs < 60_000; nowMs += 10) {
            sent += pollAll(outflow, nowMs);
        }
        assertTrue(sent > 850 && sent < 960, "sent " + sent);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Outflow outflow = Outflow.toward(false, 1, 0);
        for (int i = 0; i < Limits.OUTFLOW_PACKETS_MAX; i++) {
            assertTrue(outflow.offerLive(first));
        }
        assertFalse(outflow.offerLive(second));
        assertEquals(10, pollAll(outflow, 0));
        assertTrue(outflow.offerLive(second));
    }

    @Test
    void forgetsWhatIsHeldNoMore() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerRepair(first, 0);
        outflow.poll(0);
        outflow.offerRepair(second, 0);
        outflow.forget(first);
        outflow.forget(second);
        assertFalse(outflow.wasSent(first));
        assertTrue(outflow.isEmpty());
        assertEquals(0, Tables.size(outflow, "sendings"));
    }

    @Test
    void isDueAtTheEarliestTimeThatWasAskedFor() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        assertFalse(outflow.isDue(1_000_000));
        outflow.offerLive(first);
        outflow.poll(0);
        long waitMs = outflow.lookAgain(0);
        assertFalse(outflow.isDue(waitMs - 1));
        assertTrue(outflow.isDue(waitMs));
        outflow.looked();
        assertFalse(outflow.isDue(waitMs));
    }

    @Test
    void knowsWhoKeepsWhatComes() {
        Outflow outflow = Outflow.toward(true, 1, 0);
        outflow.offerLive(first);
        outflow.offerLive(second);
        outflow.poll(0);
        outflow.poll(0);
        assertTrue(outflow.keeps());
        told(outflow, Receipt.NOT_KEPT, 100, first);
        assertFalse(outflow.keeps());
        told(outflow, 0, 200, first);
        assertFalse(outflow.keeps());
        told(outflow, 0, 300, second);
        assertTrue(outflow.keeps());
    }
}

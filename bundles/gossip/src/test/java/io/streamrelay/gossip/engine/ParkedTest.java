// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParkedTest {

    private static final Endpoint ELSEWHERE = at(1_000);

    private final Parked parked = new Parked();
    private final CachedPacket packet = CachedPacket.arrived(TestPackets.single(1), 0);

    private static Endpoint at(int number) {
        return new Endpoint(0x14010000 + number, 4_000);
    }

    private static Peer peer(int number, boolean kin) {
        return new Peer(TestPackets.numbered(number), Path.main(at(number)), 31, kin, "0123456789ab", 0);
    }

    @Test
    void kinThatComesBackGoesOnWhereItWas() {
        Peer before = peer(1, true);
        before.outflow().offerLive(packet);
        before.arrivals().landed().came(packet.id(), null);
        parked.peerDown(before);
        Peer after = peer(1, true);
        assertTrue(parked.peerUp(after));
        assertSame(packet, after.outflow().poll(0));
        assertEquals(List.of(packet.id()), after.arrivals().landed().names());
    }

    @Test
    void kinGoesOnOnce() {
        parked.peerDown(peer(1, true));
        assertTrue(parked.peerUp(peer(1, true)));
        assertFalse(parked.peerUp(peer(1, true)));
    }

    @Test
    void whoWasNotHereBeginsAnew() {
        parked.peerDown(peer(1, true));
        assertFalse(parked.peerUp(peer(2, true)));
    }

    @Test
    void aReferencePeerBeginsAnew() {
        Peer before = peer(1, false);
        before.outflow().offerRepair(packet, 0);
        parked.peerDown(before);
        assertFalse(parked.isWaiting(before.id()));
        assertFalse(parked.peerUp(peer(1, false)));
    }

    @Test
    void whoComesBackAsAnythingButKinGetsNothingOfIt() {
        Peer before = peer(1, true);
        parked.peerDown(before);
        Peer after = peer(1, false);
        assertFalse(parked.peerUp(after));
        assertNotSame(before.outflow(), after.outflow());
    }

    @Test
    void aNewPacketWaitsForAllButTheOneThatItCameFrom() {
        parked.peerDown(peer(1, true));
        parked.peerDown(peer(2, true));
        parked.packetHeld(packet, at(1));
        assertFalse(parked.isWaiting(peer(1, true).id()));
        assertTrue(parked.isWaiting(peer(2, true).id()));
    }

    @Test
    void nothingWaitsForWhoIsNotParked() {
        parked.packetHeld(packet, ELSEWHERE);
        assertFalse(parked.isWaiting(peer(1, true).id()));
        parked.peerDown(peer(1, true));
        assertFalse(parked.isWaiting(peer(1, true).id()));
    }

    @Test
    void aRepairThatIsHeldNoMoreDoesNotWait() {
        Peer before = peer(1, true);
        before.outflow().offerRepair(packet, 0);
        parked.peerDown(before);
        assertTrue(parked.isWaiting(before.id()));
        parked.gone(packet);
        assertFalse(parked.isWaiting(before.id()));
        assertTrue(parked.peerUp(before));
        assertNull(before.outflow().poll(0));
    }

    @Test
    void whatIsNewAndHeldNoMoreDoesNotWait() {
        CachedPacket other = CachedPacket.arrived(TestPackets.single(2), 0);
        Peer away = peer(1, true);
        parked.peerDown(away);
        parked.packetHeld(packet, ELSEWHERE);
        parked.packetHeld(other, ELSEWHERE);
        forget(packet);
        assertTrue(parked.isWaiting(away.id()));
        forget(other);
        assertFalse(parked.isWaiting(away.id()));
        assertTrue(parked.peerUp(away));
        assertNull(away.outflow().poll(0));
    }

    @Test
    void whatGotLostAndIsHeldNoMoreDoesNotWait() {
        Peer away = peer(1, true);
        away.outflow().offerLive(packet);
        away.outflow().poll(0);
        away.outflow().told(new Receipt(false, Receipt.AFRESH, List.of()), 1);
        parked.peerDown(away);
        assertTrue(parked.isWaiting(away.id()));
        forget(packet);
        assertFalse(parked.isWaiting(away.id()));
        assertTrue(parked.peerUp(away));
        assertNull(away.outflow().poll(1));
    }

    private void forget(CachedPacket held) {
        held.markGone();
        parked.gone(held);
    }

    @Test
    void whoHasBeenGoneForLongestIsForgottenFirst() {
        IntStream.range(0, Limits.PARKED_MAX).forEach(number -> parked.peerDown(peer(number, true)));
        parked.peerDown(peer(0, true));
        parked.peerDown(peer(Limits.PARKED_MAX, true));
        assertEquals(Limits.PARKED_MAX, Tables.size(parked, "gone"));
        assertFalse(parked.peerUp(peer(1, true)));
        assertTrue(parked.peerUp(peer(0, true)));
    }

    @Test
    void whoGoesOnceMoreTakesNobodysPlace() {
        IntStream.range(0, Limits.PARKED_MAX).forEach(number -> parked.peerDown(peer(number, true)));
        parked.peerDown(peer(1, true));
        assertTrue(parked.peerUp(peer(0, true)));
    }

    @Test
    void whoComesBackIsLookedAtThoughATimerWasSetForWhoItWas() {
        Peer before = peer(1, true);
        before.outflow().offerLive(packet);
        before.outflow().poll(0);
        assertTrue(before.outflow().lookAgain(0) > 0);
        parked.peerDown(before);
        Peer after = peer(1, true);
        parked.peerUp(after);
        assertTrue(after.outflow().lookAgain(500) > 0);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.engine.Flight.Flown;
import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightTest {

    private final Flight flight = new Flight();

    private Flown left(int seed, int bytes, long leftMs, boolean asked) {
        CachedPacket packet = CachedPacket.arrived(TestPackets.single(seed), 0);
        Flown flown = new Flown(packet, bytes, leftMs, false, false, asked, false, 0, 0, false);
        flight.left(flown);
        return flown;
    }

    private Flown left(int seed, long leftMs) {
        return left(seed, 100, leftMs, false);
    }

    private static int name(Flown flown) {
        return Receipt.name(flown.packet().id());
    }

    @Test
    void givesOutWhatCameInTheOrderOfTheReceipt() {
        Flown first = left(1, 0);
        Flown second = left(2, 0);
        Flown third = left(3, 0);
        assertEquals(List.of(third, first), flight.came(List.of(name(third), name(first))));
        assertEquals(List.of(second), flight.leftBefore(1));
    }

    @Test
    void knowsNothingOfWhatCameBefore() {
        Flown first = left(1, 0);
        assertEquals(List.of(first), flight.came(List.of(name(first), name(first), 12_345)));
        assertTrue(flight.came(List.of(name(first))).isEmpty());
    }

    @Test
    void countsTheBytesUnderWay() {
        Flown first = left(1, 100, 0, false);
        left(2, 20, 10, false);
        left(3, 3, 20, false);
        assertEquals(123, flight.bytes());
        flight.came(List.of(name(first)));
        assertEquals(23, flight.bytes());
        flight.leftBefore(20);
        assertEquals(3, flight.bytes());
    }

    @Test
    void countsTheBytesThatLeftSinceATime() {
        left(1, 100, 0, false);
        left(2, 20, 10, false);
        left(3, 3, 20, false);
        assertEquals(23, flight.bytesSince(10));
        assertEquals(0, flight.bytesSince(21));
    }

    @Test
    void letsGoOfWhatLeftBeforeATimeTheOldestFirst() {
        Flown first = left(1, 0);
        Flown second = left(2, 10);
        left(3, 20);
        assertEquals(List.of(first, second), flight.leftBefore(20));
        assertTrue(flight.leftBefore(20).isEmpty());
        assertFalse(flight.isIdle());
    }

    @Test
    void holdsWhatLeavesAgainOnceAndAsTheNewest() {
        left(1, 100, 0, true);
        Flown second = left(2, 10);
        Flown again = left(1, 100, 20, false);
        assertEquals(200, flight.bytes());
        assertFalse(flight.isAsked());
        assertEquals(List.of(second, sentAgain(again)), flight.leftBefore(21));
    }

    private static Flown sentAgain(Flown flown) {
        return new Flown(
                flown.packet(),
                flown.bytes(),
                flown.leftMs(),
                true,
                flown.alone(),
                flown.asked(),
                flown.pressed(),
                flown.cameBytes(),
                flown.cameMs(),
                flown.there());
    }

    @Test
    void knowsThatWhatLeftTwiceHadLeftBefore() {
        left(1, 100, 0, false);
        Flown asks = left(1, 100, 20, true);
        assertTrue(flight.isAsked());
        assertEquals(List.of(sentAgain(asks)), flight.came(List.of(name(asks))));
        assertFalse(flight.isAsked());
        assertEquals(0, flight.bytes());
        Flown anew = left(1, 100, 30, false);
        assertEquals(List.of(anew), flight.came(List.of(name(anew))));
    }

    @Test
    void expectsAReceiptWhileSomethingThatAskedIsUnderWay() {
        left(1, 100, 0, true);
        Flown second = left(2, 100, 10, true);
        left(3, 20);
        flight.leftBefore(10);
        assertTrue(flight.isAsked());
        flight.came(List.of(name(second)));
        assertFalse(flight.isAsked());
        assertFalse(flight.isIdle());
    }

    @Test
    void whatIsThereIsNotUnderWayAndStillToldOf() {
        Flown first = left(1, 0);
        Flown second = left(2, 10);
        flight.thereBefore(10);
        flight.thereBefore(10);
        assertEquals(second.bytes(), flight.bytes());
        assertEquals(second.bytes(), flight.bytesSince(0));
        List<Flown> came = flight.came(List.of(name(first), name(second)));
        assertEquals(List.of(true, false), came.stream().map(Flown::there).toList());
        assertEquals(0, flight.bytes());
    }

    @Test
    void forgetsWhatIsThereAlone() {
        Flown first = left(1, 0);
        Flown second = left(2, 10);
        flight.thereBefore(10);
        flight.forgetThere();
        assertFalse(flight.contains(name(first)));
        assertTrue(flight.contains(name(second)));
        assertEquals(second.bytes(), flight.bytes());
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandedTest {

    private final Landed landed = new Landed();
    private final Set<Id> underWay = new HashSet<>();

    private static List<Id> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(TestPackets::numbered)
                .toList();
    }

    private void came(int number) {
        landed.came(TestPackets.numbered(number), null);
    }

    /** It waits for the disk. */
    private CachedPacket kept(int seed) {
        CachedPacket packet = CachedPacket.arrived(
                TestPackets.published(TestPackets.CLUSTER, TestPackets.sealed(seed, 300))
                        .get(0),
                0);
        landed.came(packet.id(), packet);
        underWay.add(packet.id());
        return packet;
    }

    private void onDisk(CachedPacket packet) {
        packet.markDurable();
        underWay.remove(packet.id());
        landed.settle(underWay::contains);
    }

    @Test
    void namesTheLatestAsFarAsAReceiptHasRoom() {
        IntStream.range(0, Receipt.NAMES_MAX).forEach(this::came);
        assertFalse(landed.isCut());
        came(Receipt.NAMES_MAX);
        assertEquals(numbered(1, Receipt.NAMES_MAX), landed.names());
        assertTrue(landed.isCut());
    }

    @Test
    void namesWhatCameAgainOnceAsTheNewest() {
        IntStream.of(1, 2, 1).forEach(this::came);
        assertEquals(List.of(TestPackets.numbered(2), TestPackets.numbered(1)), landed.names());
    }

    @Test
    void namesNothingThatCameAfterWhatWaits() {
        came(1);
        CachedPacket waits = kept(1);
        came(2);
        assertEquals(numbered(1, 1), landed.names());
        assertFalse(landed.isSafe(TestPackets.numbered(2)));
        onDisk(waits);
        assertEquals(List.of(TestPackets.numbered(1), waits.id(), TestPackets.numbered(2)), landed.names());
        assertTrue(landed.isSafe(waits.id()));
    }

    /** However much comes meanwhile: what is named then are the latest before it. */
    @Test
    void remembersAllThatWaits() {
        CachedPacket waits = kept(0);
        List<CachedPacket> after = new ArrayList<>();
        for (int seed = 1; seed <= 5 * Receipt.NAMES_MAX; seed++) {
            after.add(kept(seed));
        }
        onDisk(waits);
        assertEquals(List.of(waits.id()), landed.names());
        after.subList(0, 2 * Receipt.NAMES_MAX).forEach(this::onDisk);
        assertEquals(
                after.subList(Receipt.NAMES_MAX, 2 * Receipt.NAMES_MAX).stream()
                        .map(CachedPacket::id)
                        .toList(),
                landed.names());
    }

    /** It has left after what waits. */
    @Test
    void whatIsKnownAndComesAgainHasComeLast() {
        came(1);
        CachedPacket waits = kept(1);
        came(1);
        assertTrue(landed.names().isEmpty());
        CachedPacket later = kept(2);
        landed.came(waits.id(), null);
        onDisk(waits);
        assertTrue(landed.isSafe(TestPackets.numbered(1)));
        assertFalse(landed.isSafe(waits.id()));
        onDisk(later);
        assertEquals(List.of(TestPackets.numbered(1), later.id(), waits.id()), landed.names());
    }

    @Test
    void whatWasLetGoAndComesAgainWaits() {
        CachedPacket waits = kept(1);
        onDisk(waits);
        CachedPacket again = kept(1);
        assertFalse(landed.isSafe(again.id()));
        assertTrue(landed.names().isEmpty());
    }

    /** A fragment that waits for the one before it is in memory alone. */
    @Test
    void whatIsNotOnItsWayToDiskIsNotWaitedFor() {
        CachedPacket fragment = kept(1);
        underWay.remove(fragment.id());
        landed.settle(underWay::contains);
        assertEquals(List.of(fragment.id()), landed.names());
    }

    @Test
    void namesWhatIsOnDiskBehindWhatWaits() {
        kept(1);
        came(2);
        assertEquals(numbered(2, 2), landed.allBut(underWay::contains));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Receipt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When next to nothing gets lost on a line, so that a fragment's id may be left to the one before it. */
class CleanLineTest {

    private final Line line = new Line(0);
    private int seed;

    private CachedPacket leave(long nowMs) {
        CachedPacket packet = TestPackets.stamped(seed++, TestPackets.SUBCLUSTER, 300);
        line.left(packet, packet.packet().size(), false, false, false, nowMs);
        return packet;
    }

    private Line.Told comes(CachedPacket packet, long nowMs) {
        return line.told(new Receipt(false, 0, List.of(Receipt.name(packet.id()))), nowMs);
    }

    private void comeOneByOne(int packets, long fromMs) {
        for (int count = 0; count < packets; count++) {
            comes(leave(fromMs + count), fromMs + count + 1);
        }
    }

    @Test
    void isWhereManyHaveComeInARow() {
        comeOneByOne(31, 1_000);
        assertFalse(line.isClean());
        comeOneByOne(1, 1_100);
        assertTrue(line.isClean());
    }

    /** The share of what gets lost has to be forgotten, too. */
    @Test
    void isNotSoonAfterALoss() {
        comeOneByOne(40, 1_000);
        CachedPacket lost = leave(1_100);
        assertEquals(List.of(lost), comes(leave(1_300), 1_400).lost());
        assertFalse(line.isClean());
        comeOneByOne(100, 2_000);
        assertFalse(line.isClean());
        comeOneByOne(40, 3_000);
        assertTrue(line.isClean());
    }

    @Test
    void isNotWhileItDoesNotAnswer() {
        comeOneByOne(40, 1_000);
        leave(1_100);
        line.ask(2_000);
        assertFalse(line.isClean());
    }

    /** It may be another by then. */
    @Test
    void isNotWhenTheOtherIsBack() {
        comeOneByOne(40, 1_000);
        line.hold(2_000);
        line.unhold();
        assertFalse(line.isClean());
        comeOneByOne(32, 3_000);
        assertTrue(line.isClean());
    }
}

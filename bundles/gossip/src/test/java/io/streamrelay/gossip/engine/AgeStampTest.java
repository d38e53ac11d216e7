// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import org.junit.jupiter.api.Test;

class AgeStampTest {

    private static Packet packet(byte[] usr3) {
        return Packet.builder(PacketType.PUBLISH)
                .set(Field.USR3, usr3)
                .message(new byte[] {1})
                .build();
    }

    @Test
    void isReadAsItWasWritten() {
        AgeStamp stamp = new AgeStamp(100, true, 0x34_5678_9abcL, 2_000_000_000L, -7);
        assertEquals(stamp, AgeStamp.of(packet(stamp.toBytes())));
    }

    @Test
    void isNotSeenInPacketsOfOthers() {
        assertNull(AgeStamp.of(packet(new byte[] {0})));
        assertNull(AgeStamp.of(packet(new byte[AgeStamp.BYTES])));
        assertNull(AgeStamp.of(packet(new byte[32])));
    }

    @Test
    void givesNobodyALifeWithoutEnd() {
        AgeStamp greedy = AgeStamp.of(packet(new AgeStamp(0, false, 0, Long.MAX_VALUE, 1).toBytes()));
        assertEquals(Timing.LIFETIME_MAX_MS, greedy.lifetimeMs());
    }

    @Test
    void changesNothingButTheHopsTheAgeAndWhatTheNextHopIsTold() {
        Packet young = packet(new AgeStamp(2, true, 5, 1_000, 9).toBytes());
        byte[] bytes = young.withHops(3);
        AgeStamp.rewrite(young, bytes, 3, false, AgeStamp.MORE, 750);
        Packet older = (Packet) Packet.decode(bytes);
        assertEquals(new AgeStamp(3, false, 750, 1_000, 9), AgeStamp.of(older));
        assertEquals(AgeStamp.MORE, AgeStamp.flags(older));
        assertEquals(0, AgeStamp.flags(young));
        assertEquals(young.packetId(), older.packetId());
        assertEquals(3, older.hops());
    }

    @Test
    void expiresWithItsLifetime() {
        assertFalse(new AgeStamp(0, false, 999, 1_000, 1).isExpired());
        assertTrue(new AgeStamp(0, false, 1_000, 1_000, 1).isExpired());
    }
}

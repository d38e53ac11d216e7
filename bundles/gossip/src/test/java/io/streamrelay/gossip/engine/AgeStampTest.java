// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import io.streamrelay.gossip.packet.PacketIds;
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
        AgeStamp stamp = new AgeStamp(100, true, 0xfedc_ba98L, 2_000_000_000L, -7);
        assertEquals(stamp, AgeStamp.of(packet(stamp.toBytes())));
    }

    @Test
    void isNotSeenInPacketsOfOthers() {
        assertNull(AgeStamp.of(packet(new byte[] {0})));
        assertNull(AgeStamp.of(packet(new byte[AgeStamp.BYTES])));
        assertNull(AgeStamp.of(packet(new byte[32])));
        assertTrue(AgeStamp.isIntact(packet(new byte[AgeStamp.BYTES]), true));
        assertTrue(AgeStamp.isIntact(packet(new byte[32]), true));
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

    private static Packet whole() {
        return Packet.builder(PacketType.PUBLISH)
                .set(Field.CLUSTER, TestPackets.filled(1))
                .set(Field.SUBCLUSTER, TestPackets.filled(2))
                .set(Field.USR3, new AgeStamp(2, true, 5, 1_000, 9).toBytes())
                .set(Field.PACKET, PacketIds.ofMessage(new byte[100]))
                .message(new byte[100])
                .set(Field.SIG, new byte[64])
                .build();
    }

    private static byte[] sent(int hops) {
        Packet packet = whole();
        byte[] bytes = packet.withHops(hops);
        AgeStamp.rewrite(packet, bytes, hops, true, AgeStamp.ASKS, 750);
        return bytes;
    }

    private static boolean isNoticed(byte[] bytes) {
        return !(Packet.decode(bytes) instanceof Packet packet)
                || !AgeStamp.isIntact(packet, true)
                || PacketIdCheck.check(packet, null) == PacketIdCheck.Verdict.INVALID;
    }

    @Test
    void noticesWithThePacketIdEachBitThatIsTurnedOver() {
        byte[] sent = sent(3);
        assertFalse(isNoticed(sent));
        for (int bit = 0; bit < 8 * sent.length; bit++) {
            byte[] flipped = sent.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(isNoticed(flipped), "bit " + bit);
        }
    }

    @Test
    void isIntactWhereOthersHaveCountedTheirHopsAndWrittenIntoItsBody() {
        Packet sent = (Packet) Packet.decode(sent(3));
        for (int hops = 3; hops <= Limits.HOPS_MAX + 1; hops++) {
            Packet passedOn = sent.as(PacketType.PUBLISH)
                    .hops(hops)
                    .message(new byte[120])
                    .build();
            assertTrue(AgeStamp.isIntact(passedOn, false), hops + " hops");
        }
        assertFalse(AgeStamp.isIntact(sent.as(PacketType.PUBLISH).hops(4).build(), true));
        assertFalse(AgeStamp.isIntact(sent.as(PacketType.PUBLISH).hops(2).build(), false));
    }

    @Test
    void expiresWithItsLifetime() {
        assertFalse(new AgeStamp(0, false, 999, 1_000, 1).isExpired());
        assertTrue(new AgeStamp(0, false, 1_000, 1_000, 1).isExpired());
    }
}

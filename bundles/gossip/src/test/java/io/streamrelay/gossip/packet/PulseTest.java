// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Endpoint;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PulseTest {

    private static final String PING_ID = "0123456789ab";
    private static final byte[] HASH = HexFormat.of().parseHex("00112233445566778899aabbccddeeff00112233");
    private static final Endpoint ASKER = Endpoint.of("203.0.113.255", 65_535);

    private final Pulse ask = Pulse.ask(PING_ID, HASH);

    @Test
    void isWrittenByteByByte() {
        assertArrayEquals(HexFormat.of().parseHex("5350010123456789ab0011223344556677"), ask.encode());
        assertArrayEquals(
                HexFormat.of().parseHex("5350020123456789ab0011223344556677cb0071ffffff"),
                ask.answer(HASH, ASKER).encode());
        assertArrayEquals(
                HexFormat.of().parseHex("5350030123456789ab"),
                ask.strangersAnswer().encode());
        assertArrayEquals(
                HexFormat.of().parseHex("5350040123456789ab"),
                Pulse.back(PING_ID).encode());
        assertArrayEquals(
                HexFormat.of().parseHex("5350050123456789abba9876543210"),
                Pulse.back(PING_ID).again("ba9876543210").encode());
    }

    @Test
    void isReadAsItWasWritten() {
        assertSame(ask);
        assertSame(ask.answer(HASH, ASKER));
        assertSame(ask.strangersAnswer());
        assertSame(Pulse.back(PING_ID));
        assertSame(Pulse.back(PING_ID).again("ba9876543210"));
    }

    private static void assertSame(Pulse pulse) {
        Pulse read = Pulse.of(pulse.encode());
        assertEquals(pulse.kind(), read.kind());
        assertEquals(pulse.pingId(), read.pingId());
        assertArrayEquals(pulse.summary(), read.summary());
        assertEquals(pulse.seen(), read.seen());
        assertEquals(pulse.ownPingId(), read.ownPingId());
    }

    @Test
    void tellsWhetherTheOtherHoldsTheSame() {
        byte[] other = HASH.clone();
        other[Pulse.SUMMARY_BYTES - 1]++;
        assertTrue(ask.isSummary(HASH));
        assertFalse(ask.isSummary(other));
        assertFalse(ask.strangersAnswer().isSummary(HASH));
    }

    @Test
    void nothingElseIsAPulse() {
        byte[] good = ask.encode();
        for (int length = 0; length < good.length; length++) {
            assertNull(Pulse.of(Arrays.copyOf(good, length)));
        }
        assertNull(Pulse.of(Arrays.copyOf(good, good.length + 1)));
        for (int at = 0; at < 3; at++) {
            byte[] bad = good.clone();
            bad[at] = (byte) 0xee;
            assertNull(Pulse.of(bad));
        }
        assertNull(Pulse.of(
                Packet.builder(PacketType.PING).message(new byte[1]).build().bytes()));
    }

    @Test
    void noDatagramIsTooMuch() {
        Random random = new Random(1);
        for (int round = 0; round < 100_000; round++) {
            byte[] datagram = new byte[random.nextInt(32)];
            random.nextBytes(datagram);
            if (datagram.length > 2) {
                datagram[0] = 'S';
                datagram[1] = 'P';
                datagram[2] = (byte) random.nextInt(7);
            }
            Pulse read = Pulse.of(datagram);
            if (read != null) {
                assertArrayEquals(datagram, read.encode());
            }
        }
    }

    @Test
    void noPacketIsTakenForAPulse() {
        Packet packet = Packet.builder(PacketType.SYNC).message(new byte[1]).build();
        assertFalse(packet.bytes()[0] == 'S' && packet.bytes()[1] == 'P');
    }

    @Test
    void onlyTwelveHexDigitsCanBeTold() {
        assertTrue(Pulse.canTell(PING_ID));
        assertFalse(Pulse.canTell(null));
        assertFalse(Pulse.canTell("0123456789a"));
        assertFalse(Pulse.canTell("0123456789ag"));
    }
}

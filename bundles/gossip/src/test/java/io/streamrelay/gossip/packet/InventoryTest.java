// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Inventory.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

    private static final Id ID = Id.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private static Body read(byte[] body) {
        return Body.of(Packet.builder(PacketType.SYNC).message(body).build());
    }

    @Test
    void isWrittenAsItIsDescribed() {
        Inventory holds = new Inventory(Kind.HOLDS, "3f", List.of(0x0102_0304_0506L, 0xffff_ffff_ffffL));
        assertArrayEquals(HexFormat.of().parseHex("823f" + "010203040506" + "ffffffffffff"), holds.encode());
        Inventory wants = new Inventory(Kind.WANTS, "3f0", List.of(7L));
        assertArrayEquals(HexFormat.of().parseHex("c3" + "03f0" + "000000000007"), wants.encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3f", "3f0", "0123456789abcdef0123456789abcdef0123456789abcdef"})
    void isReadAsItWasWritten(String prefix) {
        for (Kind kind : List.of(Kind.HOLDS, Kind.WANTS)) {
            for (int names : new int[] {0, 1, Inventory.NAMES_MAX}) {
                Inventory inventory = new Inventory(
                        kind, prefix, LongStream.range(0, names).boxed().toList());
                assertEquals(inventory, read(inventory.encode()));
            }
        }
    }

    @Test
    void whatWasHadIsNamedByItsFirstBytes() {
        Inventory asks = Inventory.ofStarts(Kind.ASKS, List.of(0x0102_0304_0506L));
        assertArrayEquals(HexFormat.of().parseHex("be" + "010203040506"), asks.encode());
        Inventory had = Inventory.ofStarts(Kind.HAD, List.of());
        assertArrayEquals(HexFormat.of().parseHex("bf"), had.encode());
        Inventory declines = Inventory.ofStarts(Kind.DECLINES, List.of(1L));
        assertArrayEquals(HexFormat.of().parseHex("bd" + "000000000001"), declines.encode());
        assertEquals(declines, read(declines.encode()));
        assertEquals(asks, read(asks.encode()));
        assertEquals(had, read(had.encode()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 9, 10, 11})
    void aNameTellsTheFirstBytes(int digits) {
        Inventory holds = new Inventory(Kind.HOLDS, ID.hex().substring(0, digits), List.of());
        assertEquals(Inventory.name(ID, 0), holds.start(Inventory.name(ID, digits)));
    }

    @Test
    void underALongPrefixItDoesNot() {
        Inventory holds = new Inventory(Kind.HOLDS, ID.hex().substring(0, Inventory.START_DIGITS), List.of());
        assertEquals(-1, holds.start(Inventory.name(ID, Inventory.START_DIGITS)));
    }

    @Test
    void namesAnIdByWhatFollowsThePrefix() {
        assertEquals(0x0001_0203_0405L, Inventory.name(ID, 0));
        assertEquals(0x0001_0203_0405L, Inventory.name(ID, 1));
        assertEquals(0x0102_0304_0506L, Inventory.name(ID, 2));
        assertEquals(0x1819_1a1b_1c1dL, Inventory.name(ID, Inventory.DIGITS_MAX));
        assertNotEquals(Inventory.name(ID, 2), Inventory.name(Id.of(new byte[Id.BYTES]), 2));
    }

    @Test
    void isMalformedWhenNobodyWouldHaveWrittenItSo() {
        byte[] good = new Inventory(Kind.HOLDS, "3f0", List.of(1L, 2L)).encode();
        byte[] padded = good.clone();
        padded[1] |= (byte) 0xf0;
        byte[] tooMany = new Inventory(
                        Kind.WANTS,
                        "",
                        LongStream.rangeClosed(0, Inventory.NAMES_MAX).boxed().toList())
                .encode();
        byte[] tooLong = new byte[1 + 25];
        tooLong[0] = (byte) (0x80 | Inventory.DIGITS_MAX + 1);
        for (byte[] bad :
                List.of(Arrays.copyOf(good, good.length - 1), padded, tooMany, tooLong, new byte[] {(byte) 0x82})) {
            Malformed malformed = assertInstanceOf(
                    Malformed.class, read(bad), () -> HexFormat.of().formatHex(bad));
            assertEquals(DropReason.BAD_SUMMARY, malformed.reason());
        }
        assertTrue(good.length <= Field.MESSAGE.maxBytes() && tooMany.length <= Field.MESSAGE.maxBytes());
    }
}

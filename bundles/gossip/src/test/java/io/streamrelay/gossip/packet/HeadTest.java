// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

    @Test
    void readsAndWritesTheReferencesKeys() {
        String json = "{\"meta\":{},\"ts\":1700000000000,\"size\":2260,\"indexes\":3}";
        assertArrayEquals(
                Samples.ascii(json), Head.of(2260, 1_700_000_000_000L, "{}").toJson());
        assertEquals(Head.of(2260, 1_700_000_000_000L, "{}"), Samples.head(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":[1,{\"b\":\"}\"}]}", "{ \"\u00e9\" : \"\ud83d\ude00\" }"})
    void keepsMetaAsItIsWritten(String meta) {
        Head head = assertInstanceOf(
                Head.class, Samples.head("{\"ts\":1, \"meta\" : " + meta + " ,\"size\":1025,\"indexes\":2}"));
        assertEquals(meta, head.meta());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1024,1", "1025,2", "2048,2", "2049,3", "2147483647,2097152"})
    void acceptsSizesThatTheFragmentsCanHave(int size, int indexes) {
        assertEquals(new Head(size, indexes, 0, "{}"), Samples.head(json(size, indexes)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0,1",
        "1024,2",
        "1025,1",
        "900000000,1",
        "1,1000000",
        "2147483648,2097152",
        "4294967297,1",
        "9007199254740991,1"
    })
    void rejectsSizesThatTheFragmentsCannotHave(long size, long indexes) {
        assertEquals(new Malformed(DropReason.BAD_HEAD), Samples.head(json(size, indexes)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MISSING_KEY|{\"meta\":{},\"ts\":1,\"size\":1}",
                "MISSING_KEY|{\"meta\":{},\"size\":1,\"indexes\":1}",
                "BAD_VALUE|{\"meta\":1,\"ts\":1,\"size\":1,\"indexes\":1}",
                "BAD_VALUE|{\"meta\":{},\"ts\":1,\"size\":1,\"indexes\":{}}",
                "UNKNOWN_KEY|{\"meta\":{},\"ts\":1,\"size\":1,\"indexes\":1,\"more\":1}",
                "BAD_JSON|[]",
                "BAD_JSON|{\"meta\":{\"ts\":1,\"size\":1,\"indexes\":1}",
                "BAD_JSON|{\"meta\":{\"a\":[[[[[[[[]]]]]]]]},\"ts\":1,\"size\":1,\"indexes\":1}"
            })
    void rejectsWhatIsNoHead(DropReason reason, String json) {
        assertEquals(new Malformed(reason), Samples.head(json));
    }

    @Test
    void isLookedForOnlyInMessagePacketsWithIndexZero() {
        byte[] json = Head.of(1025, 1, "{}").toJson();
        for (int index : new int[] {-1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            Packet packet =
                    Packet.builder(PacketType.STREAM).index(index).message(json).build();
            assertInstanceOf(Opaque.class, Body.of(packet));
        }
        assertInstanceOf(
                Head.class,
                Body.of(Packet.builder(PacketType.STREAM).index(0).message(json).build()));
    }

    private static String json(long size, long indexes) {
        return "{\"meta\":{},\"ts\":0,\"size\":" + size + ",\"indexes\":" + indexes + "}";
    }
}

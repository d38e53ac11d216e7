// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitterTest {

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "1023,1", "1024,1", "1025,3", "2048,3", "2049,4", "1052672,1029"})
    void makesAsManyPacketsAsNeeded(int size, int packets) {
        assertEquals(packets, split(new byte[size]).size());
    }

    @Test
    void carriesTheMessageInItsFragmentsInOrder() {
        byte[] message = new byte[5000];
        new Random(1).nextBytes(message);
        List<Packet> packets = split(message);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int index = 1; index < packets.size(); index++) {
            assertEquals(index, packets.get(index).index());
            joined.writeBytes(packets.get(index).copy(Field.MESSAGE));
        }
        assertArrayEquals(message, joined.toByteArray());
        assertEquals(Head.of(5000, 77, "{}"), Body.of(packets.get(0)));
    }

    @Test
    void chainsTheFragmentsToTheirHeadAndToEachOther() {
        List<Packet> packets = split(new byte[3000]);
        for (int index = 0; index < packets.size(); index++) {
            Packet packet = packets.get(index);
            boolean last = index == packets.size() - 1;
            assertEquals(index == 0 ? null : packets.get(0).packetId(), packet.id(Field.PREVIOUS));
            assertEquals(last ? null : packets.get(index + 1).packetId(), packet.id(Field.NEXT));
            assertEquals(!last, packet.isSet(Field.NEXT));
        }
    }

    @Test
    void leavesASingleMessageUnchained() {
        Packet packet = split(Samples.ascii("sealed")).get(0);
        assertEquals(-1, packet.index());
        assertFalse(packet.isSet(Field.PREVIOUS));
        assertFalse(packet.isSet(Field.NEXT));
        assertArrayEquals(Digests.sha256(Samples.ascii("sealed")), packet.copy(Field.PACKET));
    }

    @Test
    void repeatsTheHeaderInEveryPacket() {
        for (Packet packet : split(new byte[2000])) {
            assertEquals(PacketType.STREAM, packet.type());
            assertEquals(5, packet.clock());
            assertEquals(60_000, packet.ttl());
            assertEquals(Samples.id(1), packet.id(Field.CLUSTER));
            assertEquals(Samples.id(4), packet.id(Field.USR4));
        }
    }

    private static List<Packet> split(byte[] message) {
        Packet.Builder header = Packet.builder(PacketType.STREAM)
                .clock(5)
                .ttl(60_000)
                .set(Field.CLUSTER, Samples.id(1))
                .set(Field.USR4, Samples.id(4));
        return Splitter.split(header, message, 77);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.api.store.StoredDelivery;
import io.streamrelay.api.store.StoredPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class LogFrameTest {

    private static final NodeClock.Reading AT = new NodeClock.Reading(5, 7);
    private static final LogPosition APPLIED = new LogPosition(2, 9);

    private final SplittableRandom random = new SplittableRandom(11);

    private static byte[] frame(LogEntry entry, LogPosition at) {
        ByteBuffer frame = LogFrame.encode(entry, at, APPLIED, new Deflater(Deflater.BEST_SPEED));
        return Arrays.copyOf(frame.array(), frame.limit());
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** Something of each kind. */
    private LogEntry everything() {
        return new LogEntry(
                AT,
                List.of(
                        new StoreChange.PutPacket(
                                new StoredPacket(Samples.id(1), noise(1_288), true, true, false, 12, 1L << 40)),
                        new StoreChange.PacketPassedOn(Samples.id(2)),
                        new StoreChange.PacketDelivered(Samples.id(3)),
                        new StoreChange.RemovePacket(Samples.id(4)),
                        new StoreChange.EvictPacket(Samples.id(5)),
                        new StoreChange.PutConsumer("mqtt:\u00e9"),
                        new StoreChange.PutDelivery(new StoredDelivery("mqtt", 6, noise(300), 8)),
                        new StoreChange.RemoveDelivery("mqtt", 5),
                        new StoreChange.PutNote("key", noise(30)),
                        new StoreChange.RemoveNote("other"),
                        new StoreChange.PutPacket(StoredPacket.fresh(Samples.id(8), noise(99), true, 3, 4)
                                .holding(65_536))),
                List.of(new PacketBytes(Samples.id(7), noise(200))));
    }

    @Test
    void givesBackAllThatItWasGiven() {
        LogEntry put = everything();
        LogFrame read = LogFrame.read(frame(put, new LogPosition(3, 0)), new LogPosition(3, 0))
                .orElseThrow();

        assertEquals(AT, read.entry().at());
        assertEquals(APPLIED, read.applied());
        assertEquals(11, read.entry().changes().size());
        for (int i = 1; i < 10; i++) {
            if (i != 6 && i != 8) {
                assertEquals(put.changes().get(i), read.entry().changes().get(i));
            }
        }
        StoredPacket packet = ((StoreChange.PutPacket) read.entry().changes().get(0)).packet();
        assertArrayEquals(
                ((StoreChange.PutPacket) put.changes().get(0)).packet().bytes(), packet.bytes());
        assertTrue(packet.own() && packet.passedOn() && !packet.delivered());
        assertEquals(12, packet.ageMs());
        assertEquals(1L << 40, packet.lifetimeMs());
        assertEquals(1, packet.messages());
        StoredPacket several = ((StoreChange.PutPacket) read.entry().changes().get(10)).packet();
        assertEquals(65_536, several.messages());
        assertEquals(99, several.bytes().length);
        StoredDelivery delivery =
                ((StoreChange.PutDelivery) read.entry().changes().get(6)).delivery();
        assertEquals(6, delivery.number());
        assertEquals(8, delivery.ageMs());
        assertEquals(Samples.id(7), read.entry().moved().get(0).id());
        assertArrayEquals(
                put.moved().get(0).bytes(), read.entry().moved().get(0).bytes());
    }

    @Test
    void fillsWholeBlocksAndSaysWhereTheNextBegins() {
        LogEntry large = LogEntry.of(AT, List.of(new StoreChange.PutNote("k", noise(9_000))));
        LogPosition at = new LogPosition(1, 4);
        byte[] bytes = frame(large, at);

        assertEquals(3 * Layout.BLOCK_BYTES, bytes.length);
        byte[] segment = new byte[4 * Layout.BLOCK_BYTES + bytes.length];
        System.arraycopy(bytes, 0, segment, 4 * Layout.BLOCK_BYTES, bytes.length);
        assertEquals(
                new LogPosition(1, 7), LogFrame.read(segment, at).orElseThrow().end());
    }

    /** Packets of one message have much in common, as the fragments of an envelope have. */
    @Test
    void tellsOnceWhatPacketsHaveInCommon() {
        byte[] common = noise(200);
        List<StoreChange> packets = new java.util.ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] packet = noise(1_288);
            System.arraycopy(common, 0, packet, 0, common.length);
            packets.add(new StoreChange.PutPacket(StoredPacket.fresh(Samples.id(i), packet, true, 0, 1)));
        }
        int bytes = frame(LogEntry.of(AT, packets), new LogPosition(1, 0)).length;

        assertTrue(bytes <= 4 * Layout.BLOCK_BYTES, () -> bytes + " of " + 12 * 1_288);
    }

    @Test
    void isNotReadInAnotherPlace() {
        byte[] bytes = frame(everything(), new LogPosition(3, 0));

        assertEquals(Optional.empty(), LogFrame.read(bytes, new LogPosition(4, 0)));
    }

    @Test
    void noticesEachBitThatIsTurnedOverAndEachCut() {
        byte[] bytes = frame(LogEntry.of(AT, List.of(new StoreChange.PutNote("k", noise(100)))), new LogPosition(1, 0));
        int content = 32 + 2 * Long.BYTES + 1 + 4 + 1 + 4 + 100;
        for (int bit = 0; bit < 8 * content; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), LogFrame.read(flipped, new LogPosition(1, 0)), "bit " + bit);
        }
        for (int length = 0; length < content; length++) {
            assertEquals(Optional.empty(), LogFrame.read(Arrays.copyOf(bytes, length), new LogPosition(1, 0)));
        }
    }

    @Test
    void makesNothingOfNoise() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Optional.empty(), LogFrame.read(noise(random.nextInt(5_000)), new LogPosition(1, 0)));
        }
    }
}

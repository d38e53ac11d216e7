// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    private static Packet.Builder sync() {
        return Packet.builder(PacketType.SYNC).message(Summary.nothing().encode());
    }

    private static Packet written(Receipt receipt) {
        Packet.Builder packet = sync();
        receipt.into(packet);
        return (Packet) Packet.decode(packet.build().bytes());
    }

    private static List<Integer> names(int count) {
        return IntStream.range(0, count).mapToObj(index -> 0xfffffe - index).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 28, Receipt.NAMES_MAX})
    void isReadAsItWasWritten(int count) {
        Receipt answer = new Receipt(false, 0x80_01_02_03, names(count));
        assertEquals(answer, Receipt.of(written(answer)));
    }

    @Test
    void tellsWhetherMoreHasComeThanItNames() {
        Receipt cut = new Receipt(false, 7, names(9), true);
        assertEquals(cut, Receipt.of(written(cut)));
    }

    @Test
    void isAQuestionOrAnAnswer() {
        Receipt question = new Receipt(true, Receipt.AFRESH, List.of());
        assertEquals(question, Receipt.of(written(question)));
    }

    @Test
    void isOfTheFirstPartOfAnId() {
        byte[] id = new byte[Id.BYTES];
        id[0] = (byte) 0xfe;
        id[1] = (byte) 0x80;
        id[2] = 1;
        id[3] = (byte) 0xff;
        assertEquals(0xfe8001, Receipt.name(Id.of(id)));
    }

    /** It stands for nobody. */
    @Test
    void namesNothingZero() {
        byte[] id = new byte[Id.BYTES];
        assertEquals(1, Receipt.name(Id.of(id)));
        id[3] = (byte) 0xff;
        Receipt answer = new Receipt(false, 1, List.of(5, Receipt.name(Id.of(id))));
        assertEquals(List.of(5, 1), Receipt.of(written(answer)).names());
    }

    @Test
    void isNotSeenInOtherSyncs() {
        byte[] answer = written(new Receipt(false, 1, names(8))).copy(Field.USR3);
        assertNull(Receipt.of(sync().build()));
        assertNull(Receipt.of(sync().set(Field.USR3, TestPackets.EVENT).build()));
        for (int length = 0; length <= Field.USR3.maxBytes(); length++) {
            byte[] other = Arrays.copyOf(answer, length);
            assertEquals(
                    length == answer.length,
                    Receipt.of(sync().set(Field.USR3, other).build()) != null);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void isNotSeenWhereAnotherMarkStands(int at) {
        byte[] other = written(new Receipt(true, 1, List.of())).copy(Field.USR3);
        other[at]++;
        assertNull(Receipt.of(sync().set(Field.USR3, other).build()));
    }

    @Test
    void isReadAsFarAsItGoesWhereItEndsWithinAName() {
        byte[] first = written(new Receipt(false, 1, List.of(5))).copy(Field.USR3);
        Packet cut = sync().set(Field.USR3, first)
                .set(Field.SIG, new byte[] {0, 0, 7, 1, 1})
                .build();
        assertEquals(List.of(7, 5), Receipt.of(cut).names());
    }

    @Test
    void namesNoMoreThanTheLimitWhateverTheBytes() {
        Random random = new Random(1);
        byte[] first = written(new Receipt(false, 1, List.of())).copy(Field.USR3);
        for (int length = 0; length <= Field.SIG.maxBytes(); length++) {
            byte[] sig = new byte[length];
            random.nextBytes(sig);
            byte[] usr3 = new byte[first.length];
            random.nextBytes(usr3);
            System.arraycopy(first, 0, usr3, 0, 2);
            Receipt read =
                    Receipt.of(sync().set(Field.USR3, usr3).set(Field.SIG, sig).build());
            assertTrue(read.names().size() <= Receipt.NAMES_MAX);
            assertTrue(read.names().stream().allMatch(name -> name > 0 && name >>> 24 == 0));
        }
    }
}

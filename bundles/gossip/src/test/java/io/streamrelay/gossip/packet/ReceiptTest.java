// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    private static List<Integer> names(int count) {
        return IntStream.range(0, count).mapToObj(index -> 0xffffff - index).toList();
    }

    private static Receipt sent(Receipt receipt) {
        return Receipt.of(receipt.encode());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 28, Receipt.NAMES_MAX})
    void isReadAsItWasWritten(int count) {
        Receipt answer = new Receipt(false, 0x80_01_02_03, names(count));
        assertEquals(answer, sent(answer));
    }

    @Test
    void isWrittenByteByByte() {
        Receipt answer = new Receipt(false, Receipt.NOT_KEPT, List.of(0, 0x8090a0));
        assertEquals("535221" + "fffffffe" + "000000" + "8090a0", HexFormat.of().formatHex(answer.encode()));
        byte[] question = new byte[7 + 3 * Receipt.NAMES_MAX];
        System.arraycopy(new byte[] {'S', 'R', '?', 0, 0, 0, 7}, 0, question, 0, 7);
        assertArrayEquals(question, new Receipt(true, 7, List.of()).encode());
        assertArrayEquals(new byte[] {'S', 'R', '+', 0, 0, 0, 7}, new Receipt(false, 7, List.of(), true).encode());
    }

    @Test
    void tellsWhetherMoreHasComeThanItNames() {
        Receipt cut = new Receipt(false, 7, names(9), true);
        assertEquals(cut, sent(cut));
    }

    /** Else whoever speaks for another could have it sent thirteen times as much. */
    @Test
    void asksWithAsManyBytesAsTheLongestAnswerHas() {
        byte[] question = new Receipt(true, 7, List.of()).encode();
        assertEquals(new Receipt(false, 7, names(Receipt.NAMES_MAX)).encode().length, question.length);
        for (int length = 0; length < question.length; length++) {
            assertNull(Receipt.of(Arrays.copyOf(question, length)));
        }
    }

    @Test
    void isAQuestionOrAnAnswer() {
        Receipt question = new Receipt(true, Receipt.AFRESH, List.of());
        assertEquals(question, sent(question));
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

    @Test
    void isNothingElseWhateverItsLength() {
        byte[] answer = new Receipt(false, 1, names(Receipt.NAMES_MAX)).encode();
        for (int length = 0; length <= answer.length + 3; length++) {
            Receipt read = Receipt.of(Arrays.copyOf(answer, length));
            boolean whole = length >= 7 && length <= answer.length && (length - 7) % 3 == 0;
            assertEquals(whole, read != null, length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void isNotSeenWhereAnotherMarkStands(int at) {
        byte[] other = new Receipt(true, 1, List.of()).encode();
        other[at]++;
        assertNull(Receipt.of(other));
    }

    @Test
    void namesNoMoreThanTheLimitWhateverTheBytes() {
        Random random = new Random(1);
        for (int length = 7; length <= 7 + 3 * Receipt.NAMES_MAX; length += 3) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            bytes[0] = 'S';
            bytes[1] = 'R';
            bytes[2] = '!';
            Receipt read = Receipt.of(bytes);
            assertArrayEquals(bytes, read.encode());
            assertTrue(read.names().stream().allMatch(name -> name >>> 24 == 0));
        }
    }

    @Test
    void isNoPacketOfTheProtocolNoPulseAndNoShortForm() {
        for (int count = 0; count <= Receipt.NAMES_MAX; count++) {
            byte[] told = new Receipt(false, 5, names(count)).encode();
            assertNotNull(Receipt.of(told));
            assertEquals(new Rejected(DropReason.BAD_MAGIC), Packet.decode(told.clone()));
            assertNull(Pulse.of(told));
            assertFalse(ShortForm.isShort(told));
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any datagram is a receipt that is written as it was read, or none. */
class ReceiptFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void datagram(byte[] bytes) {
        Receipt read = Receipt.of(bytes);
        if (read != null) {
            assertEquals(read, Receipt.of(read.encode()));
            assertEquals(bytes.length, read.encode().length);
            assertTrue(read.names().size() <= Receipt.NAMES_MAX);
        }
    }

    @Test
    void beginsWithEachKind() throws IOException {
        Corpus.assertHolds(
                ReceiptFuzzTest.class,
                "datagram",
                Map.of(
                        "question", new Receipt(true, 7, List.of()).encode(),
                        "answer", new Receipt(false, 7, List.of(1, 0xfffefd)).encode(),
                        "cut", new Receipt(false, Receipt.AFRESH, List.of(0), true).encode()));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.gossip.fuzz.Corpus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a damaged store gives back is a delivery that is written as it was read, or an IOException. */
class DeliveryCodecFuzzTest {

    private static final Id ID = Id.ofHex("ab".repeat(32));

    @FuzzTest(maxDuration = "1m")
    void delivery(byte[] bytes) throws IOException {
        DeliveryCodec.Kept kept;
        try {
            kept = DeliveryCodec.decode(bytes);
        } catch (IOException refused) {
            return;
        }
        byte[] written = DeliveryCodec.encode(kept);
        assertArrayEquals(written, DeliveryCodec.encode(DeliveryCodec.decode(written)));
    }

    @Test
    void beginsWithARawAndAnEnvelopedMessage() throws IOException {
        Message message = new Message(
                "a/b", new byte[] {1, 2}, 2, true, "text/plain", List.of(new Message.Property("name", "value")));
        Arrival enveloped =
                new Arrival(null, message, new Origin(ID, 3, 4, 5), ID, null, true, 17, 3).living(3_600_000);
        Arrival raw = Arrival.raw(ID, new byte[] {9}, ID, null, false, 2);
        Corpus.assertHolds(
                DeliveryCodecFuzzTest.class,
                "delivery",
                Map.of(
                        "enveloped", DeliveryCodec.encode(new DeliveryCodec.Kept(enveloped, true)),
                        "raw", DeliveryCodec.encode(new DeliveryCodec.Kept(raw, false))));
    }
}

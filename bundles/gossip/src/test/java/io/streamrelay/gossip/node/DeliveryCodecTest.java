// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.Origin;
import io.streamrelay.gossip.node.DeliveryCodec.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryCodecTest {

    private static final Id ID = Id.ofHex("ab".repeat(32));
    private static final Message MESSAGE = new Message(
            "a/b", new byte[] {1, 2}, 2, true, "text/plain", List.of(new Message.Property("name", "value")));

    @Test
    void givesBackAnEnvelopedMessage() throws IOException {
        Arrival arrival = new Arrival(null, MESSAGE, new Origin(ID, 3, 4, 5), TestParts.PACKET, null, true, 17, 3)
                .living(3_600_000);
        assertSame(new Kept(arrival, true));
    }

    @Test
    void readsWhatWasWrittenBeforeThereWereLifetimes() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("DeliveryCodecFuzzTestInputs/delivery/without-lifetime")) {
            Arrival arrival = DeliveryCodec.decode(in.readAllBytes()).arrival();
            assertEquals(new Origin(ID, 3, 4, 5), arrival.origin());
            assertEquals(17, arrival.ageMs());
            assertEquals(Long.MAX_VALUE, arrival.lifetimeMs());
        }
    }

    @Test
    void givesBackARawMessage() throws IOException {
        assertSame(new Kept(Arrival.raw(ID, new byte[] {9}, TestParts.PACKET, null, false, 2), false));
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = DeliveryCodec.encode(
                new Kept(Arrival.raw(ID, new byte[] {9}, TestParts.PACKET, null, false, 2), false));
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThrows(IOException.class, () -> DeliveryCodec.decode(truncated));
        }
    }

    private static void assertSame(Kept kept) throws IOException {
        Kept read = DeliveryCodec.decode(DeliveryCodec.encode(kept));
        assertEquals(kept.chosen(), read.chosen());
        Arrival expected = kept.arrival();
        Arrival arrival = read.arrival();
        assertEquals(expected.event(), arrival.event());
        assertEquals(expected.origin(), arrival.origin());
        assertEquals(expected.packetId(), arrival.packetId());
        assertEquals(expected.local(), arrival.local());
        assertEquals(expected.ageMs(), arrival.ageMs());
        assertEquals(expected.hops(), arrival.hops());
        assertEquals(expected.lifetimeMs(), arrival.lifetimeMs());
        assertEquals(expected.message().topic(), arrival.message().topic());
        assertArrayEquals(expected.message().payload(), arrival.message().payload());
        assertEquals(expected.message().properties(), arrival.message().properties());
        assertEquals(expected.message().contentType(), arrival.message().contentType());
        assertEquals(expected.message().qos(), arrival.message().qos());
        assertEquals(expected.message().retained(), arrival.message().retained());
    }
}

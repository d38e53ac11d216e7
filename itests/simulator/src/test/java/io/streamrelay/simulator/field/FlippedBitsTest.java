// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.envelope.BadEnvelope;
import io.streamrelay.gossip.node.envelope.Envelope;
import io.streamrelay.gossip.node.envelope.EnvelopeReader;
import io.streamrelay.gossip.node.envelope.EnvelopeWriter;
import io.streamrelay.simulator.score.Score;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Each bit of an envelope, turned over: its reader notices. */
class FlippedBitsTest {

    private static final Id SUBCLUSTER = filled(2);
    private static final byte[] SEED = new byte[32];

    @Test
    void eachFlipOfAnEnvelopeIsNoticedByItsSignature(TestInfo test) {
        Score row = Score.row("B1").part("envelope signature").shownBy(test);
        try (BouncyKeyRing keys = new BouncyKeyRing()) {
            byte[] envelope = envelope(keys);
            EnvelopeReader reader = new EnvelopeReader(keys);
            assertInstanceOf(Envelope.class, reader.read(envelope, SUBCLUSTER));
            Map<String, Integer> reasons = new TreeMap<>();
            int bits = 8 * envelope.length;
            int rejected = 0;
            for (int bit = 0; bit < bits; bit++) {
                if (reader.read(flipped(envelope, bit), SUBCLUSTER) instanceof BadEnvelope bad) {
                    rejected++;
                    reasons.merge(bad.reason().label(), 1, Integer::sum);
                }
            }
            row.measured(rejected + " of " + bits + " flips rejected, counted as " + reasons)
                    .passed(rejected == bits);
            assertEquals(bits, rejected);
        }
    }

    private static byte[] envelope(BouncyKeyRing keys) {
        SigningKey key = keys.signingKey(SEED);
        List<Message> messages = List.of(
                Message.of("plant/line1/temperature", "21.5".getBytes()),
                Message.of("plant/line1/pressure", "1013".getBytes()));
        return new EnvelopeWriter(key)
                .write(new Envelope(key.publicKey(), 3, 17, 0, Envelope.UNKNOWN, 5, 60_000, messages), SUBCLUSTER);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    private static Id filled(int value) {
        byte[] bytes = new byte[Id.BYTES];
        Arrays.fill(bytes, (byte) value);
        return Id.of(bytes);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;
import io.streamrelay.gossip.node.envelope.BadEnvelope.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final Id SUBCLUSTER = Id.ofHex("11".repeat(32));
    private static final Message PLAIN = Message.of("plant/temperature", new byte[] {1, 2, 3});
    private static final Message RICH = new Message(
            "plant/°C",
            new byte[0],
            2,
            true,
            "text/plain",
            List.of(new Message.Property("unit", "°C"), new Message.Property("unit", "")));

    private final KeyRing keys = new BouncyKeyRing();
    private final SigningKey key = keys.signingKey(new byte[32]);
    private final EnvelopeWriter writer = new EnvelopeWriter(key);
    private final EnvelopeReader reader = new EnvelopeReader(keys);

    @Test
    void givesBackWhatWentIn() {
        Envelope envelope = envelope(PLAIN, RICH);
        Envelope read = assertInstanceOf(Envelope.class, reader.read(writer.write(envelope, SUBCLUSTER), SUBCLUSTER));
        assertEquals(envelope.toString(), withPayloadsOf(envelope, read).toString());
        assertArrayEquals(PLAIN.payload(), read.messages().get(0).payload());
        assertArrayEquals(RICH.payload(), read.messages().get(1).payload());
    }

    @Test
    void deflatesWhatShrinksAndNothingElse() {
        Message text = Message.of("a", "on and on and ".repeat(100).getBytes());
        byte[] shrunk = writer.write(envelope(text), SUBCLUSTER);
        assertTrue(shrunk.length < 300, "has " + shrunk.length + " bytes");
        byte[] noise = new byte[500];
        new Random(1).nextBytes(noise);
        assertEquals(0, writer.write(envelope(Message.of("a", noise)), SUBCLUSTER)[3]);
        Envelope read = assertInstanceOf(Envelope.class, reader.read(shrunk, SUBCLUSTER));
        assertArrayEquals(text.payload(), read.messages().get(0).payload());
    }

    @Test
    void isNeverLongerThanPromised() {
        byte[] noise = new byte[700];
        new Random(2).nextBytes(noise);
        Message message = new Message("t".repeat(60), noise, 1, false, "type", RICH.properties());
        int length = writer.write(envelope(message, message), SUBCLUSTER).length;
        assertTrue(length <= EnvelopeWriter.overheadBytes() + 2 * EnvelopeWriter.sizeBytes(message));
    }

    @Test
    void fitsAMegabyteAndNotMuchMore() {
        assertTrue(EnvelopeWriter.fits(Message.of("t".repeat(1024), new byte[1 << 20])));
        assertFalse(EnvelopeWriter.fits(Message.of("t", new byte[EnvelopeWriter.BODY_BYTES_MAX])));
        Message.Property property = new Message.Property("a", "b");
        assertFalse(EnvelopeWriter.fits(new Message(
                "t", new byte[0], 0, false, null, Collections.nCopies(Envelope.PROPERTIES_MAX + 1, property))));
        assertFalse(EnvelopeWriter.fits(new Message("t", new byte[0], 0, false, "x".repeat(65_536), List.of())));
    }

    @Test
    void readsTheLargestEnvelope() {
        Message message = Message.of("t".repeat(1024), new byte[1 << 20]);
        assertInstanceOf(Envelope.class, reader.read(writer.write(envelope(message), SUBCLUSTER), SUBCLUSTER));
    }

    @Test
    void refusesAnEnvelopeOfAnotherSubcluster() {
        byte[] bytes = writer.write(envelope(PLAIN), SUBCLUSTER);
        assertEquals(Reason.BAD_SIGNATURE, reason(reader.read(bytes, Id.ofHex("22".repeat(32)))));
    }

    @Test
    void refusesAForgedSender() {
        byte[] bytes = writer.write(envelope(PLAIN), SUBCLUSTER);
        keys.signingKey(keys.randomKey()).publicKey().copyTo(bytes, EnvelopeFormat.SENDER_AT);
        assertEquals(Reason.BAD_SIGNATURE, reason(reader.read(bytes, SUBCLUSTER)));
    }

    @Test
    void refusesAnUnknownVersionOrFlag() {
        for (int at : new int[] {EnvelopeFormat.VERSION_AT, EnvelopeFormat.FLAGS_AT}) {
            byte[] bytes = writer.write(envelope(PLAIN), SUBCLUSTER);
            bytes[at] = 2;
            assertEquals(Reason.UNKNOWN_VERSION, reason(reader.read(bytes, SUBCLUSTER)));
        }
    }

    @Test
    void refusesWhatIsNoEnvelope() {
        assertEquals(Reason.NO_ENVELOPE, reason(reader.read(new byte[0], SUBCLUSTER)));
        assertEquals(Reason.NO_ENVELOPE, reason(reader.read(new byte[200], SUBCLUSTER)));
        byte[] bytes = writer.write(envelope(PLAIN), SUBCLUSTER);
        assertEquals(Reason.NO_ENVELOPE, reason(reader.read(Arrays.copyOf(bytes, EnvelopeFormat.BODY_AT), SUBCLUSTER)));
    }

    @Test
    void refusesEveryFlippedBitAndEveryTruncation() {
        byte[] bytes = writer.write(envelope(PLAIN, RICH), SUBCLUSTER);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotNull(reason(reader.read(flipped, SUBCLUSTER)), "bit " + bit);
        }
        for (int length = 0; length < bytes.length; length++) {
            assertNotNull(reason(reader.read(Arrays.copyOf(bytes, length), SUBCLUSTER)), "length " + length);
        }
    }

    private Envelope envelope(Message... messages) {
        return new Envelope(key.publicKey(), 3, 70_000, 1_767_225_600_000L, 60_000, 12, 21_600_000, List.of(messages));
    }

    private static Envelope withPayloadsOf(Envelope source, Envelope target) {
        List<Message> messages = new java.util.ArrayList<>();
        for (int i = 0; i < target.messages().size(); i++) {
            Message message = target.messages().get(i);
            messages.add(new Message(
                    message.topic(),
                    source.messages().get(i).payload(),
                    message.qos(),
                    message.retained(),
                    message.contentType(),
                    message.properties()));
        }
        return new Envelope(
                target.sender(),
                target.epoch(),
                target.sequence(),
                target.wallMs(),
                target.uncertaintyMs(),
                target.ageMs(),
                target.lifetimeMs(),
                messages);
    }

    private static Reason reason(EnvelopeResult result) {
        return assertInstanceOf(BadEnvelope.class, result).reason();
    }
}

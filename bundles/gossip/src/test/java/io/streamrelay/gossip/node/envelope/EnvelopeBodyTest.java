// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import io.streamrelay.api.crypto.KeyRing;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a member who signs properly, but writes nonsense, can do: nothing. */
class EnvelopeBodyTest {

    private static final Id SENDER = Id.ofHex("33".repeat(32));
    private static final Id SUBCLUSTER = Id.ofHex("11".repeat(32));

    @Test
    void takesNoHarmFromAnyBody() {
        byte[] good = EnvelopeBody.encode(envelope(Message.of("a/b", new byte[20])));
        Random random = new Random(42);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = i % 4 == 0 ? new byte[random.nextInt(64)] : good.clone();
            if (i % 4 == 0) {
                random.nextBytes(bytes);
            }
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            read += decodes(bytes) ? 1 : 0;
        }
        assertTrue(read > 10_000 && read < 190_000, "a good share was damaged and a good share was not: " + read);
    }

    private static boolean decodes(byte[] bytes) {
        KeyRing keys = SignedBody.KEYS;
        EnvelopeResult result = new EnvelopeReader(keys).read(SignedBody.of(bytes), SUBCLUSTER);
        return result instanceof Envelope;
    }

    @Test
    void skipsElementsOfALaterVersion() throws IOException {
        byte[] body = Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 8);
            header(cbor);
            cbor.writeStartArray(null, 1);
            cbor.writeStartArray(null, 6);
            cbor.writeNumber(1);
            cbor.writeString("t");
            cbor.writeBinary(new byte[] {7});
            cbor.writeNull();
            cbor.writeStartArray(null, 0);
            cbor.writeEndArray();
            cbor.writeString("later");
            cbor.writeEndArray();
            cbor.writeEndArray();
            cbor.writeStartArray(null, 1);
            cbor.writeNumber(9);
            cbor.writeEndArray();
            cbor.writeEndArray();
        });
        assertEquals("t", EnvelopeBody.decode(SENDER, body).messages().get(0).topic());
    }

    @Test
    void refusesMoreMessagesThanItsLimit() throws IOException {
        EnvelopeBody.decode(SENDER, bodyOf(Envelope.MESSAGES_MAX));
        assertThrows(
                IllegalArgumentException.class, () -> EnvelopeBody.decode(SENDER, bodyOf(Envelope.MESSAGES_MAX + 1)));
        assertThrows(IllegalArgumentException.class, () -> EnvelopeBody.decode(SENDER, bodyOf(0)));
    }

    @Test
    void refusesATopicThatIsTooLong() {
        byte[] body = Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 7);
            header(cbor);
            cbor.writeStartArray(null, 1);
            message(cbor, "t".repeat(Message.TOPIC_CHARS_MAX + 1));
            cbor.writeEndArray();
            cbor.writeEndArray();
        });
        assertThrows(MalformedCborException.class, () -> EnvelopeBody.decode(SENDER, body));
    }

    @Test
    void refusesBytesBehindTheBody() {
        byte[] body = bodyOf(1);
        byte[] longer = java.util.Arrays.copyOf(body, body.length + 1);
        assertThrows(MalformedCborException.class, () -> EnvelopeBody.decode(SENDER, longer));
    }

    @Test
    void inflatesNoBomb() {
        byte[] bomb = Deflation.deflate(new byte[EnvelopeWriter.BODY_BYTES_MAX + 1]);
        assertTrue(bomb.length < 2_000);
        assertNull(Deflation.inflate(bomb, EnvelopeWriter.BODY_BYTES_MAX));
        EnvelopeResult result = new EnvelopeReader(SignedBody.KEYS).read(SignedBody.deflated(bomb), SUBCLUSTER);
        assertEquals(
                BadEnvelope.Reason.BAD_COMPRESSION,
                assertInstanceOf(BadEnvelope.class, result).reason());
    }

    private static byte[] bodyOf(int messages) {
        return Cbor.encode(cbor -> {
            cbor.writeStartArray(null, 7);
            header(cbor);
            cbor.writeStartArray(null, messages);
            for (int i = 0; i < messages; i++) {
                message(cbor, "t");
            }
            cbor.writeEndArray();
            cbor.writeEndArray();
        });
    }

    private static void header(CBORGenerator cbor) throws IOException {
        for (int number : new int[] {1, 1, 0, -1, 0, 1_000}) {
            cbor.writeNumber(number);
        }
    }

    private static void message(CBORGenerator cbor, String topic) throws IOException {
        cbor.writeStartArray(null, 3);
        cbor.writeNumber(0);
        cbor.writeString(topic);
        cbor.writeBinary(new byte[0]);
        cbor.writeEndArray();
    }

    private static Envelope envelope(Message message) {
        return new Envelope(SENDER, 1, 1, 0, Envelope.UNKNOWN, 0, 1_000, List.of(message));
    }

    /** Signs any bytes as the body of an envelope. The signature check is stubbed: 200,000 real ones take a minute. */
    private static final class SignedBody {

        static final KeyRing KEYS = new TrustingKeyRing();

        static byte[] of(byte[] body) {
            return with(body, 0);
        }

        static byte[] deflated(byte[] content) {
            return with(content, EnvelopeFormat.FLAG_DEFLATED);
        }

        private static byte[] with(byte[] content, int flags) {
            byte[] bytes = new byte[EnvelopeFormat.BODY_AT + content.length];
            bytes[0] = EnvelopeFormat.MAGIC_0;
            bytes[1] = EnvelopeFormat.MAGIC_1;
            bytes[EnvelopeFormat.VERSION_AT] = EnvelopeFormat.VERSION;
            bytes[EnvelopeFormat.FLAGS_AT] = (byte) flags;
            System.arraycopy(content, 0, bytes, EnvelopeFormat.BODY_AT, content.length);
            return bytes;
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealVectorTest {

    private final BouncyKeyRing keyRing = new BouncyKeyRing();

    static Stream<JsonNode> seals() throws IOException {
        return Vectors.entries("seal.json");
    }

    @ParameterizedTest
    @MethodSource("seals")
    @Tag("case-4")
    void opensWhatTheReferenceSealed(JsonNode vector) throws Exception {
        Sealer sealer = keyRing.sealer(Vectors.bytes(vector, "sharedKey"));
        byte[] sealed = Vectors.bytes(vector, "sealed");

        byte[] plaintext = sealer.open(sealed);

        assertArrayEquals(Vectors.bytes(vector, "plaintext"), plaintext);
        assertEquals(plaintext.length + Sealer.OVERHEAD_BYTES, sealed.length);
    }

    @ParameterizedTest
    @MethodSource("seals")
    void opensASingleSealedBox(JsonNode vector) throws Exception {
        BoxKeyPair recipient = SealedBoxes.recipient(Vectors.bytes(vector, "sharedKey"));
        assertArrayEquals(
                Vectors.bytes(vector, "plaintext"), recipient.open(Vectors.bytes(vector, "boxSeal"), 0, "box"));
    }

    @ParameterizedTest
    @MethodSource("seals")
    @Tag("case-5")
    void signsAsTheReferenceDoes(JsonNode vector) {
        SigningKey signer = keyRing.signingKey(Arrays.copyOf(Vectors.bytes(vector, "signerPrivate"), 32));
        byte[] plaintext = Vectors.bytes(vector, "plaintext");

        assertEquals(Vectors.text(vector, "signerPublic"), signer.publicKey().hex());
        assertEquals(Vectors.text(vector, "signature"), Vectors.hex(signer.signReference(plaintext)));
    }

    @ParameterizedTest
    @MethodSource("seals")
    @Tag("case-5")
    void verifiesWhatTheReferenceSigned(JsonNode vector) {
        assertTrue(keyRing.verifyReference(
                Vectors.bytes(vector, "plaintext"),
                Vectors.bytes(vector, "signature"),
                Vectors.bytes(vector, "signerPublic")));
    }
}

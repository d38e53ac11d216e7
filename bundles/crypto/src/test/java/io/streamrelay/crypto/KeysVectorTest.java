// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysVectorTest {

    private final BouncyKeyRing keyRing = new BouncyKeyRing();

    static Stream<JsonNode> keys() throws IOException {
        return Vectors.entries("keys.json");
    }

    @ParameterizedTest
    @MethodSource("keys")
    @Tag("case-3")
    void derivesTheSharedKey(JsonNode vector) {
        assertEquals(
                Vectors.text(vector, "sharedKey"), Vectors.hex(keyRing.sharedKey(Vectors.text(vector, "seedText"))));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void derivesTheSigningKeyPair(JsonNode vector) {
        byte[] sharedKey = Vectors.bytes(vector, "sharedKey");
        String publicKey = keyRing.signingKey(sharedKey).publicKey().hex();

        assertEquals(Vectors.text(vector, "ed25519Public"), publicKey);
        assertEquals(Vectors.text(vector, "ed25519Private"), Vectors.hex(sharedKey) + publicKey);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void derivesTheSigningKeyPairOfAText(JsonNode vector) {
        byte[] seed = keyRing.sharedKey(Vectors.text(vector, "seedText"));
        assertEquals(
                Vectors.text(vector, "keyPairFromTextPublic"),
                keyRing.signingKey(seed).publicKey().hex());
    }

    @ParameterizedTest
    @MethodSource("keys")
    @Tag("case-3")
    void namesTheSubclusterByItsPublicKey(JsonNode vector) {
        assertEquals(
                Vectors.text(vector, "ed25519Public"),
                keyRing.sealer(Vectors.bytes(vector, "sharedKey"))
                        .subclusterId()
                        .hex());
    }

    @ParameterizedTest
    @MethodSource("keys")
    @Tag("case-3")
    void convertsBothKeysToX25519(JsonNode vector) {
        assertArrayEquals(
                Vectors.bytes(vector, "x25519Public"),
                MontgomeryConversion.publicKey(Vectors.bytes(vector, "ed25519Public")));
        assertArrayEquals(
                Vectors.bytes(vector, "x25519Private"),
                MontgomeryConversion.secretKey(Vectors.bytes(vector, "sharedKey")));
    }
}

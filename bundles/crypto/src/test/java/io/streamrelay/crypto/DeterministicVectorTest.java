// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamrelay.api.crypto.SigningKey;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeterministicVectorTest {

    private final BouncyKeyRing keyRing = new BouncyKeyRing();
    private final byte[] greetings = keyRing.sharedKey("greetings");
    private final byte[] signerSeed = keyRing.sharedKey("signer");
    private JsonNode crypto;
    private JsonNode seal;
    private JsonNode sign;

    @BeforeEach
    void read() throws IOException {
        crypto = Vectors.read("deterministic.json").required("crypto");
        seal = crypto.required("seal");
        sign = crypto.required("sign");
    }

    @Test
    void derivesTheKeysOfAPassphrase() {
        String publicKey = keyRing.signingKey(greetings).publicKey().hex();

        assertEquals(Vectors.text(crypto, "createSharedKey(greetings)=blake2b256"), Vectors.hex(greetings));
        assertEquals(Vectors.text(crypto, "ed25519PublicKey_subclusterId"), publicKey);
        assertEquals(Vectors.text(crypto, "ed25519PrivateKey_seed_pk"), Vectors.hex(greetings) + publicKey);
        assertArrayEquals(
                Vectors.bytes(crypto, "curve25519PublicKey"), MontgomeryConversion.publicKey(Vectors.hex(publicKey)));
        assertArrayEquals(Vectors.bytes(crypto, "curve25519PrivateKey"), MontgomeryConversion.secretKey(greetings));
    }

    @Test
    void derivesTheKeyPairOfAText() {
        JsonNode pair = crypto.required("createKeyPair(string \"signer\")");
        String publicKey = keyRing.signingKey(signerSeed).publicKey().hex();

        assertEquals(Vectors.text(pair, "publicKey"), publicKey);
        assertEquals(Vectors.text(pair, "privateKey"), Vectors.hex(signerSeed) + publicKey);
    }

    @Test
    void sealsByteForByteWithTheSameEphemeralKeys() {
        BoxKeyPair recipient = SealedBoxes.recipient(greetings);
        Ephemeral inner = recipient.prepare(Vectors.bytes(seal, "ephemeralSk1"));
        Ephemeral outer = recipient.prepare(Vectors.bytes(seal, "ephemeralSk2"));

        byte[] sealed = sealer().seal(plaintext(), inner, outer);

        assertEquals(Vectors.text(seal, "sealed"), Vectors.hex(sealed));
    }

    @Test
    void signsTheInnerBox() {
        assertEquals(
                Vectors.text(seal, "innerSig"),
                Vectors.hex(keyRing.signingKey(greetings).sign(Vectors.bytes(seal, "inner"))));
    }

    @Test
    void opensEachLayer() throws Exception {
        BoxKeyPair recipient = SealedBoxes.recipient(greetings);

        assertArrayEquals(plaintext(), recipient.open(Vectors.bytes(seal, "inner"), 0, "inner box"));
        assertArrayEquals(plaintext(), sealer().open(Vectors.bytes(seal, "sealed")));
        assertEquals(
                Vectors.text(seal, "innerSig") + Vectors.text(seal, "inner"),
                Vectors.hex(recipient.open(Vectors.bytes(seal, "sealed"), 0, "outer box")));
    }

    @Test
    void signsAsTheReferenceDoesFromThe64thByteOn() {
        SigningKey signer = keyRing.signingKey(signerSeed);
        byte[] message = Vectors.bytes(sign, "message100");

        assertEquals(Vectors.text(sign, "sigOverSubarray64"), Vectors.hex(signer.signReference(message)));
        assertEquals(Vectors.text(sign, "sigAnyMessageUpTo64"), Vectors.hex(signer.signReference(new byte[64])));
        assertEquals(Vectors.text(sign, "sigAnyMessageUpTo64"), Vectors.hex(signer.signReference(new byte[0])));
        assertTrue(keyRing.verifyReference(
                message,
                Vectors.bytes(sign, "sigOverSubarray64"),
                signer.publicKey().bytes()));
    }

    private byte[] plaintext() {
        return Vectors.text(seal, "plaintext").getBytes(UTF_8);
    }

    private SubclusterSealer sealer() {
        return (SubclusterSealer) keyRing.sealer(greetings);
    }
}

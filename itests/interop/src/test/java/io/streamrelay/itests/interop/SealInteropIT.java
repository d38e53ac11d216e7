// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one side seals or signs, the other opens or verifies. */
class SealInteropIT {

    private static final KeyRing KEYS = new BouncyKeyRing();
    private static ReferencePeer peer;
    private static ReferenceCrypto reference;

    private final byte[] sharedKey = KEYS.randomKey();

    @BeforeAll
    static void launch() {
        peer = ReferencePeer.launch();
        reference = peer.crypto();
    }

    @AfterAll
    static void end() {
        peer.close();
    }

    private static byte[] payload(int size) {
        return Payloads.ofSizes(size).all().get(0);
    }

    @Test
    @Tag("case-3")
    void derivesTheSameSharedKey() {
        assertArrayEquals(reference.sharedKey("température"), KEYS.sharedKey("température"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 864, 865, 20_000})
    @Tag("case-4")
    void referenceOpensWhatWeSeal(int size) {
        try (Sealer sealer = KEYS.sealer(sharedKey)) {
            assertArrayEquals(payload(size), reference.open(sharedKey, sealer.seal(payload(size))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 864, 865, 20_000})
    @Tag("case-4")
    void opensWhatTheReferenceSeals(int size) throws SealException {
        try (Sealer sealer = KEYS.sealer(sharedKey)) {
            assertArrayEquals(payload(size), sealer.open(reference.seal(sharedKey, payload(size))));
        }
    }

    @Test
    void neitherOpensAnotherSubclustersSeal() {
        try (Sealer stranger = KEYS.sealer(KEYS.randomKey())) {
            byte[] sealed = reference.seal(sharedKey, payload(100));
            assertThrows(SealException.class, () -> stranger.open(sealed));
            byte[] strange = stranger.seal(payload(100));
            assertThrows(IllegalStateException.class, () -> reference.open(sharedKey, strange));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 65, 1_000})
    @Tag("case-5")
    void signsAndVerifiesAsTheReferenceDoes(int size) {
        byte[] seed = KEYS.randomKey();
        byte[] message = payload(size);
        try (SigningKey key = KEYS.signingKey(seed)) {
            byte[] signature = key.signReference(message);
            assertArrayEquals(reference.sign(seed, message), signature);
            assertTrue(reference.verify(key.publicKey(), message, signature));
            assertTrue(KEYS.verifyReference(message, signature, key.publicKey().bytes()));
            signature[0] ^= 1;
            assertFalse(reference.verify(key.publicKey(), message, signature));
            assertFalse(KEYS.verifyReference(message, signature, key.publicKey().bytes()));
        }
    }
}

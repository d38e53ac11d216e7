// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.SealException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The X25519 key pair that sealed boxes are addressed to. A sealed box is libsodium's {@code crypto_box_seal}: an
 * ephemeral public key, then a {@link SecretBox} under the key that both sides agree on, with a nonce made of both
 * public keys.
 */
final class BoxKeyPair {

    static final int KEY_BYTES = X25519.POINT_SIZE;

    /** How many bytes a sealed box adds: the ephemeral key and the tag. */
    static final int OVERHEAD_BYTES = KEY_BYTES + SecretBox.TAG_BYTES;

    private static final int NONCE_BYTES = 24;

    private final byte[] publicKey;
    private final byte[] secretKey;
    private final KnownKeyAgreement agreement;

    private BoxKeyPair(byte[] publicKey, byte[] secretKey) {
        this.publicKey = publicKey;
        this.secretKey = secretKey;
        agreement = new KnownKeyAgreement(secretKey);
    }

    /**
     * The X25519 pair of an Ed25519 pair.
     *
     * @param seed 32 bytes
     * @param publicKey the Ed25519 public key that the seed leads to
     */
    static BoxKeyPair of(byte[] seed, Id publicKey) {
        return new BoxKeyPair(MontgomeryConversion.publicKey(publicKey.bytes()), MontgomeryConversion.secretKey(seed));
    }

    /** Prepares a box for this recipient from fresh randomness. */
    Ephemeral prepare(SecureRandom random) {
        byte[] secret = new byte[KEY_BYTES];
        X25519.generatePrivateKey(random, secret);
        return prepare(secret);
    }

    /** Prepares a box for this recipient from a secret ephemeral key of 32 bytes, which is wiped. */
    Ephemeral prepare(byte[] ephemeralSecret) {
        byte[] ephemeral = new byte[KEY_BYTES];
        X25519.scalarMultBase(ephemeralSecret, 0, ephemeral, 0);
        byte[] shared = agreement.with(ephemeralSecret);
        Arrays.fill(ephemeralSecret, (byte) 0);
        return new Ephemeral(ephemeral, box(shared, ephemeral));
    }

    /**
     * Opens a sealed box that reaches from {@code offset} to the end of {@code sealed}.
     *
     * @param layer what the box is called when it cannot be opened
     */
    byte[] open(byte[] sealed, int offset, String layer) throws SealException {
        int length = sealed.length - offset - OVERHEAD_BYTES;
        if (length < 0) {
            throw new SealException(
                    layer + ": " + (sealed.length - offset) + " bytes are fewer than " + OVERHEAD_BYTES);
        }
        byte[] shared = new byte[KEY_BYTES];
        if (!X25519.calculateAgreement(secretKey, 0, sealed, offset, shared, 0)) {
            throw new SealException(layer + ": the ephemeral key is of small order");
        }
        SecretBox box = box(shared, Arrays.copyOfRange(sealed, offset, offset + KEY_BYTES));
        byte[] text = new byte[length];
        boolean opened = box.open(sealed, offset + KEY_BYTES, length, text);
        box.wipe();
        if (!opened) {
            throw new SealException(layer + ": authentication failed");
        }
        return text;
    }

    void wipe() {
        Arrays.fill(secretKey, (byte) 0);
        agreement.wipe();
    }

    private SecretBox box(byte[] shared, byte[] ephemeral) {
        byte[] key = HSalsa20.deriveKey(shared);
        Arrays.fill(shared, (byte) 0);
        return new SecretBox(key, Blake2b.digest(NONCE_BYTES, ephemeral, publicKey));
    }
}

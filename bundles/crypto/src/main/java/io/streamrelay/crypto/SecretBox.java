// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * XSalsa20-Poly1305 as libsodium lays it out: a tag of 16 bytes, then the ciphertext. The first 32 bytes of the
 * keystream are the key of the tag. A key and nonce must seal one message only.
 */
final class SecretBox {

    static final int TAG_BYTES = 16;

    private static final int TAG_KEY_BYTES = 32;

    private final byte[] key;
    private final byte[] nonce;

    /**
     * Takes over the key: {@link #wipe} clears it.
     *
     * @param key 32 bytes
     * @param nonce 24 bytes
     */
    SecretBox(byte[] key, byte[] nonce) {
        this.key = key;
        this.nonce = nonce;
    }

    /** Encrypts in place the {@code length} bytes behind the gap for the tag at {@code offset}, and fills the gap. */
    void seal(byte[] buffer, int offset, int length) {
        XSalsa20Engine cipher = cipher();
        Poly1305 authenticator = authenticator(cipher);
        int text = offset + TAG_BYTES;
        cipher.processBytes(buffer, text, length, buffer, text);
        authenticator.update(buffer, text, length);
        authenticator.doFinal(buffer, offset);
    }

    /**
     * Decrypts {@code length} bytes of ciphertext, whose tag stands before them at {@code offset}, to the beginning
     * of {@code target}, unless the tag is wrong.
     *
     * @return whether the tag was right; if not, nothing is written
     */
    boolean open(byte[] source, int offset, int length, byte[] target) {
        XSalsa20Engine cipher = cipher();
        Poly1305 authenticator = authenticator(cipher);
        int text = offset + TAG_BYTES;
        authenticator.update(source, text, length);
        byte[] expected = new byte[TAG_BYTES];
        authenticator.doFinal(expected, 0);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(source, offset, text))) {
            return false;
        }
        cipher.processBytes(source, text, length, target, 0);
        return true;
    }

    void wipe() {
        Arrays.fill(key, (byte) 0);
    }

    private XSalsa20Engine cipher() {
        XSalsa20Engine cipher = new XSalsa20Engine();
        cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        return cipher;
    }

    private static Poly1305 authenticator(XSalsa20Engine cipher) {
        byte[] tagKey = new byte[TAG_KEY_BYTES];
        cipher.processBytes(tagKey, 0, TAG_KEY_BYTES, tagKey, 0);
        Poly1305 authenticator = new Poly1305();
        authenticator.init(new KeyParameter(tagKey));
        Arrays.fill(tagKey, (byte) 0);
        return authenticator;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The key ring on Bouncy Castle. It has no keys of its own, only the source of randomness and the thread that refills
 * the pools of its sealers; {@link #close} ends that thread, and sealers that are still in use go on without it.
 */
@Component(service = KeyRing.class)
public final class BouncyKeyRing implements KeyRing, AutoCloseable {

    private static final int KEY_BYTES = 32;

    // Not getInstanceStrong: that may wait for entropy, for minutes, on a gateway that has just booted.
    private final SecureRandom random = new SecureRandom();
    private final QuietRefiller refiller = new QuietRefiller();

    @Override
    public byte[] sharedKey(String passphrase) {
        return Blake2b.digest(KEY_BYTES, passphrase.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** @throws IllegalArgumentException when the seed has not exactly 32 bytes */
    @Override
    public SigningKey signingKey(byte[] seed) {
        requireKeySize("a seed", seed);
        return new Ed25519Key(seed);
    }

    /** @throws IllegalArgumentException when the key has not exactly 32 bytes */
    @Override
    public Sealer sealer(byte[] sharedKey) {
        requireKeySize("a shared key", sharedKey);
        return SubclusterSealer.create(sharedKey, random, refiller);
    }

    /** False, too, for a signature or key of another length, and for points of small order. */
    @Override
    public boolean verify(byte[] message, byte[] signature, byte[] publicKey) {
        return verifyFrom(0, message, signature, publicKey);
    }

    /** False in the same cases as {@link #verify}. */
    @Override
    public boolean verifyReference(byte[] message, byte[] signature, byte[] publicKey) {
        return verifyFrom(ReferenceOffset.within(message), message, signature, publicKey);
    }

    @Deactivate
    @Override
    public void close() {
        refiller.close();
    }

    private static boolean verifyFrom(int from, byte[] message, byte[] signature, byte[] publicKey) {
        return signature.length == Ed25519Verifier.SIGNATURE_BYTES
                && publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && Ed25519Verifier.verify(signature, 0, message, from, publicKey);
    }

    private static void requireKeySize(String what, byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(what + " has " + KEY_BYTES + " bytes, not " + key.length);
        }
    }
}

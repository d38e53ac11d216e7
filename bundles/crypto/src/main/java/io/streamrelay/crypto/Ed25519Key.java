// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.SigningKey;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key pair that is derived from a seed. */
final class Ed25519Key implements SigningKey {

    private final ClosingLock lock = new ClosingLock("the signing key");
    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    /** @param seed 32 bytes; copied */
    Ed25519Key(byte[] seed) {
        this.seed = seed.clone();
        Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
    }

    @Override
    public Id publicKey() {
        return Id.of(publicKey);
    }

    @Override
    public byte[] sign(byte[] message) {
        return signFrom(0, message);
    }

    @Override
    public byte[] signReference(byte[] message) {
        return signFrom(ReferenceOffset.within(message), message);
    }

    /** Writes the signature of {@code message} from {@code from} to its end to {@code target} at {@code offset}. */
    void sign(byte[] message, int from, byte[] target, int offset) {
        lock.beginUse();
        try {
            Ed25519.sign(seed, 0, publicKey, 0, message, from, message.length - from, target, offset);
        } finally {
            lock.endUse();
        }
    }

    @Override
    public void close() {
        lock.close(() -> Arrays.fill(seed, (byte) 0));
    }

    private byte[] signFrom(int from, byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        sign(message, from, signature, 0);
        return signature;
    }
}

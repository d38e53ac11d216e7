// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.SealException;
import io.streamrelay.api.crypto.Sealer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Executor;

/**
 * Encrypt, sign, encrypt: a sealed box that holds a signature and a second sealed box, which holds the message
 * (protocol-v6 §2). All three use the key pair that the shared key leads to.
 *
 * <pre>
 * 0      32     48          112     144    160
 * | epk₂ | tag₂ | signature | epk₁  | tag₁ | message |
 *               |           '---- inner box ---------'  signed
 *               '---------- encrypted by the outer ---'
 * </pre>
 */
final class SubclusterSealer implements Sealer {

    /** How many ephemerals are kept: a burst of 128 messages. A guess; about 40 kB. */
    static final int POOL_CAPACITY = 256;

    private static final int OUTER_TAG = BoxKeyPair.KEY_BYTES;
    private static final int SIGNATURE = BoxKeyPair.OVERHEAD_BYTES;
    private static final int INNER_BOX = SIGNATURE + Ed25519Verifier.SIGNATURE_BYTES;
    private static final int INNER_TAG = INNER_BOX + BoxKeyPair.KEY_BYTES;

    private final ClosingLock lock = new ClosingLock("the sealer");
    private final Ed25519Key signingKey;
    private final byte[] publicKey;
    private final BoxKeyPair boxKeys;
    private final EphemeralPool pool;

    /** Takes over the three: {@link #close} closes them. All belong to the same shared key. */
    SubclusterSealer(Ed25519Key signingKey, BoxKeyPair boxKeys, EphemeralPool pool) {
        this.signingKey = signingKey;
        this.publicKey = signingKey.publicKey().bytes();
        this.boxKeys = boxKeys;
        this.pool = pool;
    }

    /**
     * A sealer with a pool of the usual size.
     *
     * @param sharedKey 32 bytes; copied
     * @param refiller runs the pool's refills
     */
    static SubclusterSealer create(byte[] sharedKey, SecureRandom random, Executor refiller) {
        Ed25519Key signingKey = new Ed25519Key(sharedKey);
        BoxKeyPair boxKeys = BoxKeyPair.of(sharedKey, signingKey.publicKey());
        EphemeralPool pool = new EphemeralPool(() -> boxKeys.prepare(random), refiller, POOL_CAPACITY);
        return new SubclusterSealer(signingKey, boxKeys, pool);
    }

    @Override
    public Id subclusterId() {
        return Id.of(publicKey);
    }

    @Override
    public byte[] seal(byte[] plaintext) {
        lock.beginUse();
        try {
            return seal(plaintext, pool.take(), pool.take());
        } finally {
            lock.endUse();
        }
    }

    /** Seals with these two ephemerals, and wipes them. */
    byte[] seal(byte[] plaintext, Ephemeral inner, Ephemeral outer) {
        byte[] sealed = new byte[OVERHEAD_BYTES + plaintext.length];
        System.arraycopy(inner.publicKey(), 0, sealed, INNER_BOX, BoxKeyPair.KEY_BYTES);
        System.arraycopy(plaintext, 0, sealed, OVERHEAD_BYTES, plaintext.length);
        inner.box().seal(sealed, INNER_TAG, plaintext.length);
        inner.box().wipe();

        signingKey.sign(sealed, INNER_BOX, sealed, SIGNATURE);

        System.arraycopy(outer.publicKey(), 0, sealed, 0, BoxKeyPair.KEY_BYTES);
        outer.box().seal(sealed, OUTER_TAG, sealed.length - SIGNATURE);
        outer.box().wipe();
        return sealed;
    }

    @Override
    public byte[] open(byte[] sealed) throws SealException {
        lock.beginUse();
        try {
            byte[] signed = boxKeys.open(sealed, 0, "outer box");
            int signatureEnd = Ed25519Verifier.SIGNATURE_BYTES;
            if (signed.length <= signatureEnd) {
                throw new SealException("outer box: " + signed.length + " bytes inside leave nothing to be signed");
            }
            if (!isSigned(signed)) {
                throw new SealException("signature: not made with the subcluster's key");
            }
            return boxKeys.open(signed, signatureEnd, "inner box");
        } finally {
            lock.endUse();
        }
    }

    /**
     * Whether the bytes begin with the key's signature over the others. Who signs as RFC 8032 says writes the one that this
     * key writes itself, in half the time that it takes to verify one; others are valid, too.
     */
    private boolean isSigned(byte[] signed) {
        byte[] own = new byte[Ed25519Verifier.SIGNATURE_BYTES];
        signingKey.sign(signed, own.length, own, 0);
        return MessageDigest.isEqual(own, Arrays.copyOf(signed, own.length))
                || Ed25519Verifier.verify(signed, 0, signed, own.length, publicKey);
    }

    @Override
    public void close() {
        lock.close(() -> {
            pool.close();
            signingKey.close();
            boxKeys.wipe();
        });
    }
}

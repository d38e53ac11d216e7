// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.envelope;

import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.crypto.BouncyKeyRing;

/** Finds every signature right, so that what lies behind it can be tried. */
final class TrustingKeyRing implements KeyRing {
    private final KeyRing real = new BouncyKeyRing();

    @Override
    public byte[] sharedKey(String passphrase) {
        return real.sharedKey(passphrase);
    }

    @Override
    public byte[] randomKey() {
        return real.randomKey();
    }

    @Override
    public SigningKey signingKey(byte[] seed) {
        return real.signingKey(seed);
    }

    @Override
    public Sealer sealer(byte[] sharedKey) {
        return real.sealer(sharedKey);
    }

    @Override
    public boolean verify(byte[] message, byte[] signature, byte[] publicKey) {
        return true;
    }

    @Override
    public boolean verifyReference(byte[] message, byte[] signature, byte[] publicKey) {
        return true;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.Sealer;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.console.FakeRelay;
import java.util.Arrays;

/** A key leads to the digest of its bytes. */
final class FakeKeys implements KeyRing {

    static Id idOf(byte[] key) {
        return FakeRelay.id("id of " + Arrays.toString(key));
    }

    @Override
    public byte[] sharedKey(String passphrase) {
        return FakeRelay.id(passphrase).bytes();
    }

    @Override
    public Sealer sealer(byte[] sharedKey) {
        return new Sealer() {
            @Override
            public Id subclusterId() {
                return idOf(sharedKey);
            }

            @Override
            public byte[] seal(byte[] plaintext) {
                throw new UnsupportedOperationException();
            }

            @Override
            public byte[] open(byte[] sealed) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public byte[] randomKey() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SigningKey signingKey(byte[] seed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean verify(byte[] message, byte[] signature, byte[] publicKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean verifyReference(byte[] message, byte[] signature, byte[] publicKey) {
        throw new UnsupportedOperationException();
    }
}

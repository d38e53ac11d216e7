// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.engine.ControlSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Stands in for Ed25519: as long, and cheap. Anybody could forge it who knew how, which no attacker in a test does.
 */
public final class StandInSigner implements ControlSigner {

    private final Id publicKey;

    public StandInSigner(Id publicKey) {
        this.publicKey = publicKey;
    }

    @Override
    public Id publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] text) {
        return signature(text, publicKey);
    }

    @Override
    public boolean verify(byte[] text, byte[] signature, Id key) {
        return Arrays.equals(signature(text, key), signature);
    }

    private static byte[] signature(byte[] text, Id key) {
        try {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(key.bytes());
            return sha512.digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}

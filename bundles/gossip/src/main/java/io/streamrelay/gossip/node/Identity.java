// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.SigningKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Who a node is: its signing keys, and the peer id that follows from them (SHA-256 of the public key), so that a
 * signature proves a peer id. Closing wipes the keys; a node closes the identity that it has loaded itself.
 */
public final class Identity implements AutoCloseable {

    private final SigningKey signingKey;
    private final Id peerId;

    private Identity(SigningKey signingKey) {
        this.signingKey = signingKey;
        this.peerId = sha256(signingKey.publicKey().bytes());
    }

    /** @param seed 32 bytes; whoever knows them is this node */
    public static Identity ofSeed(KeyRing keys, byte[] seed) {
        return new Identity(keys.signingKey(seed));
    }

    public Id peerId() {
        return peerId;
    }

    public SigningKey signingKey() {
        return signingKey;
    }

    /** The public key that signs this node's envelopes. */
    public Id senderKey() {
        return signingKey.publicKey();
    }

    @Override
    public void close() {
        signingKey.close();
    }

    @Override
    public String toString() {
        return "Identity[" + peerId + "]";
    }

    /** The protocol's way from a name or key to an id. */
    static Id sha256(byte[] bytes) {
        try {
            return Id.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

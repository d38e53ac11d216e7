// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.crypto;

import org.osgi.annotation.versioning.ProviderType;

/** Makes and derives keys. Thread-safe; holds none itself. */
@ProviderType
public interface KeyRing {

    /** BLAKE2b-256 of the passphrase's UTF-8 bytes: the protocol's createSharedKey. 32 bytes. */
    byte[] sharedKey(String passphrase);

    /** 32 random bytes from the system's strong source. */
    byte[] randomKey();

    /**
     * The Ed25519 key pair of a seed.
     *
     * @param seed 32 bytes; copied
     */
    SigningKey signingKey(byte[] seed);

    /**
     * A sealer for the subcluster of a shared key.
     *
     * @param sharedKey 32 bytes; copied
     */
    Sealer sealer(byte[] sharedKey);

    /** Whether {@code signature} (64 bytes) is {@code publicKey}'s (32 bytes) over all of {@code message}. */
    boolean verify(byte[] message, byte[] signature, byte[] publicKey);

    /** As {@link #verify}, over the message from its 64th byte on, as the reference signs (protocol-v6 §2). */
    boolean verifyReference(byte[] message, byte[] signature, byte[] publicKey);
}

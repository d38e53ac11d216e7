// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.crypto;

import io.streamrelay.api.Id;
import org.osgi.annotation.versioning.ProviderType;

/** Seals and opens the messages of one subcluster: encrypt, sign, encrypt (protocol-v6 §2). Thread-safe. */
@ProviderType
public interface Sealer extends AutoCloseable {

    /** How many bytes a seal adds. */
    int OVERHEAD_BYTES = 160;

    /** The Ed25519 public key that the shared key leads to: the subcluster's public id. */
    Id subclusterId();

    /** The sealed message, {@link #OVERHEAD_BYTES} longer than the plaintext. */
    byte[] seal(byte[] plaintext);

    /** @throws SealException when the bytes were not sealed with this subcluster's key, or were changed */
    byte[] open(byte[] sealed) throws SealException;

    /** Wipes the keys; afterwards both verbs throw IllegalStateException. */
    @Override
    void close();
}

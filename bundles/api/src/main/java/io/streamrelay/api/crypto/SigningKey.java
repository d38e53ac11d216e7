// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.crypto;

import io.streamrelay.api.Id;
import org.osgi.annotation.versioning.ProviderType;

/** An Ed25519 key pair. Thread-safe. Closing wipes it. */
@ProviderType
public interface SigningKey extends AutoCloseable {

    Id publicKey();

    /** A detached signature of 64 bytes over all of {@code message}. */
    byte[] sign(byte[] message);

    /** A signature over the message from its 64th byte on, as the reference signs; over nothing when it is shorter. */
    byte[] signReference(byte[] message);

    @Override
    void close();
}

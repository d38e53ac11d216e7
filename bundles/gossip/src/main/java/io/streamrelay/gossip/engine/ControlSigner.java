// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;

/**
 * Signs this node's control packets and verifies those of others. A pure function: the same text always has the same
 * signature, nothing blocks, nothing throws.
 */
public interface ControlSigner {

    /** How long a signature is: Ed25519's. */
    int SIGNATURE_BYTES = 64;

    /** This node's public key; its peer id is the SHA-256 of it. */
    Id publicKey();

    /** The signature over a text, of {@link #SIGNATURE_BYTES}. */
    byte[] sign(byte[] text);

    /** Whether {@code signature} (64 bytes) is that of the key's owner over the text. */
    boolean verify(byte[] text, byte[] signature, Id publicKey);
}

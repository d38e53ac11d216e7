// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.api.crypto.SigningKey;
import io.streamrelay.gossip.engine.ControlSigner;

/** Signs an engine's control packets with a key of its own. */
public record KeyedSigner(KeyRing keys, SigningKey key) implements ControlSigner {

    @Override
    public Id publicKey() {
        return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] text) {
        return key.sign(text);
    }

    @Override
    public boolean verify(byte[] text, byte[] signature, Id signer) {
        return keys.verify(text, signature, signer.bytes());
    }
}

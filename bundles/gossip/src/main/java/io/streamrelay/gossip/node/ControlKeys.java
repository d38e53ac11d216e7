// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.crypto.KeyRing;
import io.streamrelay.gossip.engine.ControlSigner;

/** Signs a node's control packets with the key that its peer id follows from. */
final class ControlKeys implements ControlSigner {

    private final Identity identity;
    private final KeyRing keys;

    ControlKeys(Identity identity, KeyRing keys) {
        this.identity = identity;
        this.keys = keys;
    }

    @Override
    public Id publicKey() {
        return identity.senderKey();
    }

    @Override
    public byte[] sign(byte[] text) {
        return identity.signingKey().sign(text);
    }

    @Override
    public boolean verify(byte[] text, byte[] signature, Id publicKey) {
        return keys.verify(text, signature, publicKey.bytes());
    }
}

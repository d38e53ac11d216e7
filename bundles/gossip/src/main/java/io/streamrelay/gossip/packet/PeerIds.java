// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.Id;

/** The peer ids of our nodes follow from their signing keys, so that a signature proves a peer id. */
public final class PeerIds {

    private PeerIds() {}

    /** SHA-256 of an Ed25519 public key. */
    public static Id of(Id publicKey) {
        return Id.of(Digests.sha256(publicKey.bytes()));
    }
}

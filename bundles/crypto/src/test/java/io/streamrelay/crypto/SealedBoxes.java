// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.security.SecureRandom;

/** Makes single sealed boxes, as an outsider can who knows the subcluster's public id only. */
final class SealedBoxes {

    private SealedBoxes() {}

    static BoxKeyPair recipient(byte[] seed) {
        return BoxKeyPair.of(seed, new Ed25519Key(seed).publicKey());
    }

    static byte[] seal(BoxKeyPair recipient, byte[] plaintext) {
        Ephemeral ephemeral = recipient.prepare(new SecureRandom());
        byte[] sealed = new byte[BoxKeyPair.OVERHEAD_BYTES + plaintext.length];
        System.arraycopy(ephemeral.publicKey(), 0, sealed, 0, BoxKeyPair.KEY_BYTES);
        System.arraycopy(plaintext, 0, sealed, BoxKeyPair.OVERHEAD_BYTES, plaintext.length);
        ephemeral.box().seal(sealed, BoxKeyPair.KEY_BYTES, plaintext.length);
        return sealed;
    }
}

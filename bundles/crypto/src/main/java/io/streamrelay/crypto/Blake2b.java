// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** Unkeyed BLAKE2b, RFC 7693. */
final class Blake2b {

    private Blake2b() {}

    /**
     * The digest of the parts in a row.
     *
     * @param bytes how long the digest is, 1 to 64
     */
    static byte[] digest(int bytes, byte[]... parts) {
        Blake2bDigest digest = new Blake2bDigest(bytes * Byte.SIZE);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] result = new byte[bytes];
        digest.doFinal(result, 0);
        return result;
    }
}

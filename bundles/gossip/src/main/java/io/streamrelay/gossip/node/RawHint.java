// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import java.nio.ByteBuffer;

/**
 * The order of a raw message among those of its sender, in the extension field (usr4), which the reference ignores and
 * passes on: magic (4 bytes), epoch (4), sequence (8). Nobody vouches for it: it orders, and never removes.
 */
record RawHint(long epoch, long sequence) {

    static final int BYTES = 16;

    private static final int MAGIC = 0x5352_4F01; // "SRO" and a version

    private static final long EPOCH_MASK = 0xffff_ffffL;

    byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .putInt(MAGIC)
                .putInt((int) epoch)
                .putLong(sequence)
                .array();
    }

    /** Null when the extension is missing or is not one of these. */
    static RawHint decode(byte[] extension) {
        if (extension == null || extension.length < BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(extension);
        if (bytes.getInt() != MAGIC) {
            return null;
        }
        RawHint hint = new RawHint(bytes.getInt() & EPOCH_MASK, bytes.getLong());
        return hint.sequence() < 1 ? null : hint;
    }
}

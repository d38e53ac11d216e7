// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

/** From where on the reference signs: it skips 64 bytes, as if the signature stood before the message. */
final class ReferenceOffset {

    private static final int SKIPPED_BYTES = 64;

    private ReferenceOffset() {}

    /** The offset in this message: its end when it has no more than 64 bytes. */
    static int within(byte[] message) {
        return Math.min(SKIPPED_BYTES, message.length);
    }
}

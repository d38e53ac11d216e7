// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** JSON where it was written, so that a packet takes it from there and nobody copies it in between. */
public final class JsonText extends ByteArrayOutputStream {

    /** Enough for every body that the reference sends; it grows when it has to. */
    private static final int BYTES = 512;

    JsonText() {
        super(BYTES);
    }

    /** What begins with the text; the rest means nothing. */
    byte[] array() {
        return buf;
    }

    /** The length of the text in bytes. */
    int length() {
        return count;
    }

    /** A copy of the text. */
    public byte[] bytes() {
        return Arrays.copyOf(buf, count);
    }
}

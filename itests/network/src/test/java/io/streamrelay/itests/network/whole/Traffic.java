// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

/** Frames of an Ethernet, and all bytes in them. */
record Traffic(long bytes, long frames) {

    private static final int HEADER = 14;

    Traffic plus(Traffic other) {
        return new Traffic(bytes + other.bytes, frames + other.frames);
    }

    Traffic since(Traffic earlier) {
        return new Traffic(bytes - earlier.bytes, frames - earlier.frames);
    }

    /** Without the Ethernet's headers. */
    long ipBytes() {
        return bytes - HEADER * frames;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** stub. */
public final class PacketIdCheck {

    /** What a packet's id is worth. */
    public enum Verdict {
        /** The id is the digest of the content. */
        VALID,
        /** It is not. */
        INVALID,
        /** It cannot be told: the fragment before this one is needed. */
        UNKNOWN
    }

    private PacketIdCheck() {}

    public static Verdict check(Packet packet, Packet previous) {
        throw new UnsupportedOperationException();
    }
}

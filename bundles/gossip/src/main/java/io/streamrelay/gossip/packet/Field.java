// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** The fields of variable length, in the order in which they follow the header (protocol-v6 §1.1). */
public enum Field {
    /** The cluster's id. */
    CLUSTER(32),
    /** The subcluster's id. */
    SUBCLUSTER(32),
    /** A fragment's head, or whatever packet this one comes after. */
    PREVIOUS(32),
    /** The packet's own id, a digest of its content. */
    PACKET(32),
    /** The fragment that follows. */
    NEXT(32),
    /** The event's id; the time of an intro or query as digits. */
    USR1(32),
    /** The signer's public key. */
    USR2(32),
    /** The receiver of a stream; the id of a query. */
    USR3(32),
    /** The sender of a stream; the time that a sync goes back to; whether a query is asked or answered. */
    USR4(32),
    /** The body. */
    MESSAGE(1024),
    /** The signature. */
    SIG(64);

    private final int maxBytes;

    Field(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** How long it may be, in bytes. */
    public int maxBytes() {
        return maxBytes;
    }
}

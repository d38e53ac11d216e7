// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** The numbers that say what stands before a peer, as the reference judges them (latica/nat.js). */
public final class NatTypes {

    /** What is known of the mapping, and what is known of the firewall: a valid type says both. */
    private static final int BOTH_KNOWN = 0b00101;

    private static final int MAX = 0b11111;

    private NatTypes() {}

    /** Whether a number is a type that a peer can have; four of the eight have no name. */
    public static boolean isValid(int wire) {
        return wire >= 0 && wire <= MAX && (wire & BOTH_KNOWN) == BOTH_KNOWN;
    }
}

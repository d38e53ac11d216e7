// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Optional;

/** What stands before a peer, with the numbers that the protocol puts on the wire (reference: latica/nat.js). */
public enum NatType {
    /** Not known yet; never written to the wire. */
    UNKNOWN(0),
    /** Reachable by everybody at one address and port. */
    UNRESTRICTED(31),
    /** Reachable from addresses that it has sent to. */
    ADDRESS_RESTRICTED(15),
    /** Reachable from addresses and ports that it has sent to. */
    PORT_RESTRICTED(7),
    /** A symmetric NAT: another external port for each destination. */
    ENDPOINT_RESTRICTED(5);

    private final int wire;

    NatType(int wire) {
        this.wire = wire;
    }

    /** The number on the wire; 0 for {@link #UNKNOWN}. */
    public int wire() {
        return wire;
    }

    /** The named type of a number on the wire; empty for numbers without a name. */
    public static Optional<NatType> ofWire(int wire) {
        for (NatType type : values()) {
            if (type.wire == wire && type != UNKNOWN) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;

/** The kinds of NAT that the protocol tells apart, by how they map and what they let in (RFC 4787 §4 and §5). */
public enum NatKind {
    /** Endpoint-independent mapping and filtering: who knows the port gets in. */
    FULL_CONE(NatType.UNRESTRICTED),
    /** Endpoint-independent mapping; lets in addresses that were sent to. */
    ADDRESS_RESTRICTED(NatType.ADDRESS_RESTRICTED),
    /** Endpoint-independent mapping; lets in addresses and ports that were sent to. */
    PORT_RESTRICTED(NatType.PORT_RESTRICTED),
    /** Address- and port-dependent mapping and filtering: a new random port for each destination. */
    SYMMETRIC(NatType.ENDPOINT_RESTRICTED);

    private final NatType type;

    NatKind(NatType type) {
        this.type = type;
    }

    /** What a node behind it finds out when it finds out right. */
    public NatType type() {
        return type;
    }

    /** Whether another destination means another mapping. */
    boolean mapsByDestination() {
        return this == SYMMETRIC;
    }

    /** What of a remote endpoint decides whether it is let in; equal for those that are treated alike. */
    long filterKey(Endpoint remote) {
        return switch (this) {
            case FULL_CONE -> 0;
            case ADDRESS_RESTRICTED -> remote.address();
            case PORT_RESTRICTED, SYMMETRIC -> (long) remote.address() << 16 | remote.port();
        };
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

import io.streamrelay.api.NatType;

/** How a peer connects to another that it was introduced to (protocol-v6 §3.11). */
public enum Strategy {
    /** Ping the other; its NAT lets it through. */
    DIRECT,
    /** Wait for the other, who can reach us while we may not reach it. */
    DEFER,
    /** Send to many ports of the other, so that our NAT lets it in from whichever it gets. */
    TRAVERSAL_OPEN,
    /** Send from many sockets, so that one meets a port that the other has opened. */
    TRAVERSAL_CONNECT,
    /** Reach the other through the peer that introduced it. */
    PROXY;

    /**
     * What a peer with NAT type {@code a} does about one with type {@code b}; both as numbers on the wire, 0 while
     * unknown.
     */
    public static Strategy between(int a, int b) {
        NatType own = NatType.ofWire(a).orElse(NatType.UNKNOWN);
        return switch (NatType.ofWire(b).orElse(NatType.UNKNOWN)) {
            case UNRESTRICTED -> DIRECT;
            case ADDRESS_RESTRICTED -> toRestricted(own, DIRECT);
            case PORT_RESTRICTED -> toRestricted(own, TRAVERSAL_CONNECT);
            case ENDPOINT_RESTRICTED -> toSymmetric(own);
            case UNKNOWN -> PROXY;
        };
    }

    private static Strategy toRestricted(NatType own, Strategy fromSymmetric) {
        return switch (own) {
            case UNRESTRICTED -> DEFER;
            case ADDRESS_RESTRICTED, PORT_RESTRICTED -> DIRECT;
            case ENDPOINT_RESTRICTED -> fromSymmetric;
            case UNKNOWN -> PROXY;
        };
    }

    private static Strategy toSymmetric(NatType own) {
        return switch (own) {
            case UNRESTRICTED -> DEFER;
            case ADDRESS_RESTRICTED -> DIRECT;
            case PORT_RESTRICTED -> TRAVERSAL_OPEN;
            case ENDPOINT_RESTRICTED, UNKNOWN -> PROXY;
        };
    }
}

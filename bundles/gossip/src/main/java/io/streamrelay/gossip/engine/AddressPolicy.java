// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;

/**
 * Which addresses this node sends to when somebody else names them (protocol-v6 D39). Only literal addresses come
 * this far: a body with a host name is malformed, and no name from a packet is ever looked up.
 */
final class AddressPolicy {

    /** Ports below belong to other services: what is sent there hits no peer. */
    private static final int PORT_MIN = 1024;

    /** How far an address reaches (RFC 1122, 1918, 3927, 5735, 6598), nearest first. */
    private enum Scope {
        NOWHERE,
        LOOPBACK,
        LINK,
        PRIVATE,
        INTERNET;

        static Scope of(int address) {
            int first = address >>> 24;
            if (first == 0 || first >= 224) {
                // "This network", multicast, reserved, broadcast.
                return NOWHERE;
            }
            if (first == 127) {
                return LOOPBACK;
            }
            if (address >>> 16 == 0xa9fe) {
                return LINK;
            }
            return isPrivate(address) ? PRIVATE : INTERNET;
        }

        private static boolean isPrivate(int address) {
            return address >>> 24 == 10
                    || address >>> 20 == 0xac1
                    || address >>> 16 == 0xc0a8
                    || address >>> 22 == 0x191;
        }
    }

    private AddressPolicy() {}

    /**
     * Whether to send to an address on somebody's word: nobody is sent into a network that the teller is not in.
     *
     * @param toldBy where the address was heard from
     */
    static boolean mayContact(Endpoint named, Endpoint toldBy) {
        Scope scope = Scope.of(named.address());
        return isPeerPort(named.port()) && scope != Scope.NOWHERE && scope.compareTo(Scope.of(toldBy.address())) >= 0;
    }

    /** Whether an address reaches beyond the networks that anybody may have at home. */
    static boolean isOnInternet(int address) {
        return Scope.of(address) == Scope.INTERNET;
    }

    /** Whether a peer may be expected at a port that somebody names. */
    static boolean isPeerPort(int port) {
        return port >= PORT_MIN;
    }
}

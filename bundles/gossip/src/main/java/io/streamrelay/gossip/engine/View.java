// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.Set;

/**
 * From where a peer sees this node. One gateway can be on a LAN, behind an inner NAT and on the Internet at once, and is
 * seen at another address from each; the widest of them is what it advertises (protocol-v6 D31).
 */
enum View {
    /** From the same network: somebody in private space sees one of our own addresses. */
    LAN,
    /** From a private network outside an inner NAT, or what neither of the other two can be. */
    SITE,
    /** From the Internet: neither who sees us nor what is seen is in private space. */
    INTERNET;

    /** The view of a peer at {@code reporter} that sees this node at {@code seen}; both are IPv4 addresses. */
    static View of(int reporter, int seen, Set<Integer> localAddresses) {
        if (isPrivate(reporter) && localAddresses.contains(seen)) {
            return LAN;
        }
        return isPrivate(reporter) || isPrivate(seen) ? SITE : INTERNET;
    }

    /**
     * RFC 1918's networks, RFC 6598's for carriers, link-local and loopback: nobody on the Internet is reached there.
     */
    static boolean isPrivate(int address) {
        int first = address >>> 24;
        int second = address >>> 16 & 0xff;
        return first == 10
                || first == 127
                || first == 172 && second >>> 4 == 1
                || first == 192 && second == 168
                || first == 169 && second == 254
                || first == 100 && second >>> 6 == 1;
    }
}

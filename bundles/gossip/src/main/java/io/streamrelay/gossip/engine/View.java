// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.util.Set;

/**
 * From where a peer sees this node. One gateway can be on a LAN, behind an inner NAT and on the Internet at once, and is
 * seen at another address from each; the widest of them is what it advertises (protocol-v6 D31).
 */
enum View {
    /** From the same network: somebody who is not on the Internet sees one of our own addresses. */
    LAN,
    /** From a private network outside an inner NAT, or what neither of the other two can be. */
    SITE,
    /** From the Internet: both who sees us and what is seen are there. */
    INTERNET;

    /** The view of a peer at {@code reporter} that sees this node at {@code seen}; both are IPv4 addresses. */
    static View of(int reporter, int seen, Set<Integer> localAddresses) {
        if (AddressPolicy.isOnInternet(reporter)) {
            return AddressPolicy.isOnInternet(seen) ? INTERNET : SITE;
        }
        return localAddresses.contains(seen) ? LAN : SITE;
    }
}

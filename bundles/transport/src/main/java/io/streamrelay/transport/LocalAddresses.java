// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses through which a socket can be reached that is bound to one address or to all. */
final class LocalAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

    private static final int ANY = 0;

    private final int bound;

    LocalAddresses(int bound) {
        this.bound = bound;
    }

    /** The bound address, or those of all interfaces that are up, loopback last; empty when they cannot be read. */
    List<Integer> now() {
        if (bound != ANY) {
            return List.of(bound);
        }
        try {
            return loopbackLast(NetworkInterface.networkInterfaces()
                    .filter(LocalAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses));
        } catch (SocketException e) {
            LOG.debug("The network interfaces cannot be read", e);
            return List.of();
        }
    }

    /** The IPv4 ones among these, each once. */
    static List<Integer> loopbackLast(Stream<InetAddress> addresses) {
        return addresses
                .filter(Inet4Address.class::isInstance)
                .sorted(Comparator.comparing(InetAddress::isLoopbackAddress))
                .map(Ipv4::number)
                .distinct()
                .toList();
    }

    private static boolean isUp(NetworkInterface networkInterface) {
        try {
            return networkInterface.isUp();
        } catch (SocketException e) {
            // It went away while the list was read.
            return false;
        }
    }
}

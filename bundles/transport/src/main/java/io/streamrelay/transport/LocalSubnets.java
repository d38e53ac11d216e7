// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.transport.Subnet;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The IPv4 networks of this host's interfaces that are up. */
final class LocalSubnets {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSubnets.class);

    private static final int ANY = 0;

    private final int bound;
    private final Predicate<NetworkInterface> wanted;

    /**
     * @param bound the address whose network alone counts, or 0 for all
     * @param wanted which interfaces count, of those that are up
     */
    LocalSubnets(int bound, Predicate<NetworkInterface> wanted) {
        this.bound = bound;
        this.wanted = wanted;
    }

    /** Whether an interface leads to other hosts that one datagram can reach all at once. */
    static boolean isLan(NetworkInterface each) {
        try {
            return !each.isLoopback() && !each.isPointToPoint() && each.supportsMulticast();
        } catch (SocketException e) {
            // It went away while the list was read.
            return false;
        }
    }

    /** Empty when they cannot be read. */
    List<Subnet> now() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalSubnets::isUp)
                    .filter(wanted)
                    .flatMap(each -> each.getInterfaceAddresses().stream())
                    .flatMap(LocalSubnets::subnet)
                    .filter(subnet -> bound == ANY || subnet.address() == bound)
                    .distinct()
                    .toList();
        } catch (SocketException e) {
            LOG.debug("The network interfaces cannot be read", e);
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            // It went away while the list was read.
            return false;
        }
    }

    private static Stream<Subnet> subnet(InterfaceAddress each) {
        int prefix = each.getNetworkPrefixLength();
        boolean usable = each.getAddress() instanceof Inet4Address && prefix > 0 && prefix <= Subnet.PREFIX_MAX;
        return usable ? Stream.of(new Subnet(Ipv4.number(each.getAddress()), prefix)) : Stream.empty();
    }
}

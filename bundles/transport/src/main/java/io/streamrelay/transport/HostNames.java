// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import io.streamrelay.api.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up host names through the system's resolver. */
final class HostNames {

    private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);

    private HostNames() {}

    /** The IPv4 addresses of a host name or dotted quad; empty when there is none. Blocks. */
    static List<Integer> resolve(String host) {
        if (Endpoint.isLiteral(host)) {
            return List.of(Endpoint.parseAddress(host));
        }
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .map(Ipv4::number)
                    .toList();
        } catch (UnknownHostException e) {
            LOG.debug("{} has no address: {}", host, e.getMessage());
            return List.of();
        }
    }
}

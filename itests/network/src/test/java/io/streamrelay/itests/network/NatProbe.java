// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.itests.network.process.Postman;
import java.time.Duration;

/**
 * Finds out what a host is behind, with datagrams alone: to one server it sends, then that and others answer.
 *
 * <pre>
 * client ── a ──►  server :3478
 * client ◄── b ──  server :3479          comes in: not by port
 * client ◄── c ──  other server :3478    comes in: not by address
 * client ── d ──►  other server :3478    from the same public port as a: one mapping for all
 * </pre>
 */
record NatProbe(Postman client, int clientPort, Postman servers) {

    static final Endpoint SERVER = Endpoint.of("203.0.113.10", 3478);
    static final Endpoint OTHER_PORT = Endpoint.of("203.0.113.10", 3479);
    static final Endpoint OTHER_ADDRESS = Endpoint.of("203.0.113.11", 3480);

    private static final Duration ARRIVES = Duration.ofSeconds(10);

    NatType classify() {
        client.send(clientPort, SERVER, "a" + clientPort);
        Endpoint mapped = arrival("a");
        boolean fromOtherPort = comesIn(OTHER_PORT, mapped, "b");
        boolean fromOtherAddress = comesIn(OTHER_ADDRESS, mapped, "c");
        client.send(clientPort, OTHER_ADDRESS, "d" + clientPort);
        if (!arrival("d").equals(mapped)) {
            return NatType.ENDPOINT_RESTRICTED;
        }
        if (fromOtherAddress) {
            return NatType.UNRESTRICTED;
        }
        return fromOtherPort ? NatType.ADDRESS_RESTRICTED : NatType.PORT_RESTRICTED;
    }

    /** Where the client's datagram came from, as a server sees it. */
    private Endpoint arrival(String text) {
        return servers.sourceOf(text + clientPort, ARRIVES).orElseThrow();
    }

    /** What has not come when a later datagram has, which may come in, was dropped. */
    private boolean comesIn(Endpoint from, Endpoint to, String text) {
        servers.send(from.port(), to, text + clientPort);
        servers.send(SERVER.port(), to, "after " + text + clientPort);
        client.sourceOf("after " + text + clientPort, ARRIVES).orElseThrow();
        return client.sourceOf(text + clientPort, Duration.ZERO).isPresent();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.transport.SocketRole;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where nodes live: an address of its own, and a name, for each number. */
final class Addresses {

    private static final int FIRST_ADDRESS = Endpoint.parseAddress("20.0.0.1");
    private static final int MAIN_PORT = 19777;
    private static final int PROBE_PORT = 19778;
    private static final Pattern NAME = Pattern.compile("node(\\d+)\\.sim");

    private Addresses() {}

    static Endpoint endpoint(int node, SocketRole socket) {
        return new Endpoint(FIRST_ADDRESS + node, socket == SocketRole.MAIN ? MAIN_PORT : PROBE_PORT);
    }

    static String name(int node) {
        return "node" + node + ".sim";
    }

    /** What a name server would answer: one address, or none. */
    static List<Integer> resolve(String host, int nodes) {
        Matcher name = NAME.matcher(host);
        if (!name.matches() || Integer.parseInt(name.group(1)) >= nodes) {
            return List.of();
        }
        return List.of(FIRST_ADDRESS + Integer.parseInt(name.group(1)));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.transport.SocketId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows the nodes by name, as long as it is up. */
final class NameServer {

    private static final Pattern NAME = Pattern.compile("node(\\d{1,9})\\.sim");

    private final int nodes;
    private final Topology topology;
    private boolean up = true;

    NameServer(int nodes, Topology topology) {
        this.nodes = nodes;
        this.topology = topology;
    }

    static String name(int node) {
        return "node" + node + ".sim";
    }

    /** Whether it answers from now on. */
    void up(boolean answers) {
        up = answers;
    }

    /** One address, or none when nobody has this name or the server is down. */
    List<Integer> resolve(String host) {
        Matcher name = NAME.matcher(host);
        if (!up || !name.matches() || Integer.parseInt(name.group(1)) >= nodes) {
            return List.of();
        }
        return List.of(topology.endpoint(Integer.parseInt(name.group(1)), SocketId.MAIN)
                .address());
    }
}

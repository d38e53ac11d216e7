// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A host of the lab, with one interface. */
public final class Host {

    private static final String INTERFACE = "eth0";

    private final Namespace namespace;
    private final String name;
    private final String address;
    private final String router;

    Host(Namespace namespace, String name, String address, String router) {
        this.namespace = namespace;
        this.name = name;
        this.address = address;
        this.router = router;
    }

    public String name() {
        return name;
    }

    /** Its (first) IPv4 address, the private one when it is behind a NAT. */
    public String address() {
        return address;
    }

    /** What a command has to begin with to run on it; the process that is started becomes the command. */
    public List<String> entering() {
        return namespace.entering();
    }

    /** The local ports of its UDP sockets. */
    public Set<Integer> udpPorts() {
        // "  123: 00000000:4D41 00000000:0000 07 ...", after a line of names.
        return namespace
                .run("cat", "/proc/net/udp")
                .lines()
                .skip(1)
                .map(line -> line.strip().split("[ :]+")[2])
                .map(port -> Integer.parseInt(port, 16))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The port of this JVM's loopback that leads to a TCP port of the host's own loopback. */
    public int doorTo(int port) {
        String line = Services.start(
                List.of("python3", Services.script("door.py"), namespace.name(), Integer.toString(port)));
        return Integer.parseInt(line);
    }

    void plug() {
        namespace.ip("link set " + INTERFACE + " up");
        if (router != null) {
            namespace.ip("route replace default via " + router);
        }
    }

    void address(String addressAndBits) {
        namespace.ip("addr add " + addressAndBits + " dev " + INTERFACE);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.util.List;

/** A host of the lab, with one interface. */
public final class Host {

    private static final String INTERFACE = "eth0";

    private final Namespace namespace;
    private final String name;
    private final String address;
    private final String gateway;

    Host(Namespace namespace, String name, String address, String gateway) {
        this.namespace = namespace;
        this.name = name;
        this.address = address;
        this.gateway = gateway;
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

    /** Runs a command on it to its end and returns what it printed. */
    public String run(String... command) {
        return namespace.run(command);
    }

    /** The port of this JVM's loopback that leads to a TCP port of the host's own loopback. */
    public int doorTo(int port) {
        String line = Services.start(
                List.of("python3", Services.script("door.py"), namespace.name(), Integer.toString(port)));
        return Integer.parseInt(line);
    }

    /** Plugs its cable. */
    public void plug() {
        namespace.ip("link set " + INTERFACE + " up");
        if (gateway != null) {
            namespace.ip("route replace default via " + gateway);
        }
    }

    /** Pulls its cable: it has no network until it is plugged again. */
    public void unplug() {
        namespace.ip("link set " + INTERFACE + " down");
    }

    void address(String addressAndBits) {
        namespace.ip("addr add " + addressAndBits + " dev " + INTERFACE);
    }
}

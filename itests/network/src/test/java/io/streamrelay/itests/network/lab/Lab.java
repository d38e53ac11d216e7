// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An Internet of its own (203.0.113.0/24, one Ethernet), with public hosts and with NATs that have hosts behind them.
 *
 * <p>No packet leaves it. Closing it ends every process on its hosts and removes all of it; so does the end of this
 * JVM, and when this JVM is killed the next lab that is opened on this machine does it. Not thread-safe.
 */
public final class Lab implements AutoCloseable {

    private final LabName name;
    private final Deque<Namespace> namespaces = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::remove, "lab-removal");
    private final Segment internet;

    private Lab(LabName name) {
        this.name = name;
        Runtime.getRuntime().addShutdownHook(atExit);
        this.internet = new Segment(namespace("internet"), "net");
    }

    /** An empty one; the name is unique among those that this JVM has open. */
    public static Lab open(String name) {
        Leftovers.sweep();
        return new Lab(LabName.ofThisJvm(name));
    }

    private synchronized Namespace namespace(String role) {
        Namespace namespace = Namespace.create(name.of(role));
        namespaces.push(namespace);
        return namespace;
    }

    /** A host with public addresses and nothing before it. */
    public Host internet(String hostName, String... addresses) {
        Host host = host(hostName, internet, addresses[0], null);
        for (int i = 1; i < addresses.length; i++) {
            host.address(addresses[i] + "/24");
        }
        return host;
    }

    /** A NAT with a public address, on a perfect line. */
    public Nat nat(String natName, NatKind kind, String publicAddress) {
        return nat(natName, kind, publicAddress, LinkQuality.PERFECT);
    }

    /** A NAT with a public address, on such a line. */
    public Nat nat(String natName, NatKind kind, String publicAddress, LinkQuality line) {
        Namespace router = namespace(natName);
        internet.connect(router, "wan", line);
        return new Nat(this, router, kind, publicAddress);
    }

    /** An Ethernet that nothing leads out of. */
    public LocalNetwork lan(String lanName) {
        return new LocalNetwork(this, new Segment(namespace(lanName), "lan"), null);
    }

    Host host(String hostName, Segment segment, String address, String router) {
        return host(hostName, segment, address, router, LinkQuality.PERFECT);
    }

    Host host(String hostName, Segment segment, String address, String router, LinkQuality line) {
        Namespace namespace = namespace(hostName);
        segment.connect(namespace, "eth0", line);
        namespace.ip("addr add " + address + "/24 dev eth0");
        Host host = new Host(namespace, hostName, address, router);
        host.plug();
        return host;
    }

    /** The names that its namespaces have on this machine. */
    public synchronized List<String> namespaceNames() {
        return namespaces.stream().map(Namespace::name).toList();
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private synchronized void remove() {
        List<RuntimeException> failures = new ArrayList<>();
        while (!namespaces.isEmpty()) {
            try {
                namespaces.pop().close();
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}

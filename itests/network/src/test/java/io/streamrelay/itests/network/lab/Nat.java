// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

/** A home router: a local network behind one public address. Its cone kinds serve the first host alone. */
public final class Nat {

    private static final String ROUTER = "192.168.1.1";
    private static final String FIRST_HOST = "192.168.1.2";

    private final Lab lab;
    private final Namespace namespace;
    private final NatKind kind;
    private final Segment local;
    private String publicAddress;
    private int hosts;

    Nat(Lab lab, Namespace namespace, NatKind kind, String publicAddress) {
        this.lab = lab;
        this.namespace = namespace;
        this.kind = kind;
        this.local = new Segment(namespace, "lan");
        this.publicAddress = publicAddress;
        namespace.ip("addr add " + ROUTER + "/24 dev lan");
        namespace.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        namespace.ip("link set wan up", "addr add " + publicAddress + "/24 dev wan");
        namespace.filter(kind.rules(publicAddress, FIRST_HOST));
    }

    public NatKind kind() {
        return kind;
    }

    public String publicAddress() {
        return publicAddress;
    }

    /** Another host in its local network: 192.168.1.2, then 192.168.1.3 and so on. */
    public Host host(String name) {
        String address = "192.168.1." + (2 + hosts++);
        return lab.host(name, local, address, ROUTER, LinkQuality.PERFECT);
    }

    /** Has another public address from now on; what it had translated is forgotten, as providers do it at night. */
    public void moveTo(String newAddress) {
        namespace.ip(
                "addr del " + publicAddress + "/24 dev wan",
                "link set wan down",
                "link set wan up",
                "addr add " + newAddress + "/24 dev wan");
        publicAddress = newAddress;
        namespace.filter(kind.rules(publicAddress, FIRST_HOST));
    }

    /** Loses the line to the Internet; its local network goes on. */
    public void unplug() {
        namespace.ip("link set wan down");
    }

    /** Has it again. */
    public void plug() {
        namespace.ip("link set wan up");
    }
}

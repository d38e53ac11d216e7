// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

/** A home router: a local network behind one public address. Its cone kinds serve the first host alone. */
public final class Nat {

    private final Namespace namespace;
    private final NatKind kind;
    private final LocalNetwork local;
    private String publicAddress;

    Nat(Lab lab, Namespace namespace, NatKind kind, String publicAddress) {
        this.namespace = namespace;
        this.kind = kind;
        this.local = new LocalNetwork(lab, new Segment(namespace, "lan"), LocalNetwork.ROUTER);
        namespace.ip("addr add " + LocalNetwork.ROUTER + "/24 dev lan");
        namespace.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        plug();
        takeAddress(publicAddress);
    }

    private void takeAddress(String address) {
        publicAddress = address;
        namespace.ip("addr add " + address + "/24 dev wan");
        namespace.filter(kind.rules(address, LocalNetwork.FIRST_HOST));
    }

    /** Another host in its local network. */
    public Host host(String name) {
        return local.host(name);
    }

    public String publicAddress() {
        return publicAddress;
    }

    /** Whether datagrams have lately gone both ways between its network and that address, as it remembers them. */
    public boolean carriesFlowWith(String address) {
        return namespace
                .run("cat", "/proc/net/nf_conntrack")
                .lines()
                .anyMatch(flow ->
                        flow.contains(" udp ") && flow.contains("[ASSURED]") && flow.contains("src=" + address + " "));
    }

    /** Has another public address from now on; what it had translated is forgotten, as providers do it at night. */
    public void moveTo(String address) {
        namespace.ip("addr del " + publicAddress + "/24 dev wan");
        unplug();
        plug();
        takeAddress(address);
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

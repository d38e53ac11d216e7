// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A host of the lab, with one interface. */
public final class Host {

    private static final String INTERFACE = "eth0";
    private static final Pattern COUNTER = Pattern.compile("counter packets \\d+ bytes (\\d+)");

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

    /** Whether something listens at that TCP port. */
    public boolean listens(int port) {
        // "  0: 0100007F:075B 00000000:0000 0A ...", where 0A is the state of those that listen.
        return namespace
                .run("cat", "/proc/net/tcp")
                .lines()
                .skip(1)
                .map(line -> line.strip().split("[ :]+"))
                .anyMatch(row -> Integer.parseInt(row[2], 16) == port && row[5].equals("0A"));
    }

    /** From here on {@link #ipBytesSent} counts. */
    public void countIp() {
        namespace.filter(
                "table inet counts {\n  chain out {\n    type filter hook output priority filter;\n    oifname \""
                        + INTERFACE + "\" counter;\n  }\n}\n");
    }

    /** Bytes of IP packets that have left by its interface, with the headers of IP and what is in it. */
    public long ipBytesSent() {
        Matcher counter = COUNTER.matcher(namespace.run("nft", "list", "chain", "inet", "counts", "out"));
        if (!counter.find()) {
            throw new IllegalStateException("nothing is counted on " + name());
        }
        return Long.parseLong(counter.group(1));
    }

    /** Bytes that went out of its interface since it is there, with all headers. */
    public long bytesSent() {
        return sent().bytes();
    }

    /** What went out of an interface, with all headers. */
    public record Sent(long bytes, long frames) {}

    /** What went out of its interface since it is there. */
    public Sent sent() {
        // "eth0: bytes packets errs drop fifo frame compressed multicast bytes packets ...", in and out.
        String[] counters =
                namespace.run("grep", INTERFACE + ":", "/proc/net/dev").strip().split("[ :]+");
        return new Sent(Long.parseLong(counters[9]), Long.parseLong(counters[10]));
    }

    /**
     * From here on TCP is cut into frames before they are counted, as they would be on a cable: the kernel leaves that to
     * the interface otherwise, and this one never does it.
     */
    public void cutFrames() {
        namespace.ip("link set " + INTERFACE + " gso_max_segs 1");
    }

    /** Writes every frame that passes its interface into a file, as it is. */
    public void record(Path file) {
        namespace.startService("python3", Services.script("sniffer.py"), INTERFACE, file.toString());
    }

    /** Loses the link; programs can tell. */
    public void unplug() {
        namespace.ip("link set " + INTERFACE + " down");
    }

    /** Nothing that is sent to it arrives any more, and neither it nor the senders are told. */
    public void deafen() {
        refuse("iifname \"" + INTERFACE + "\"");
    }

    /** Nothing from that address arrives any more, and nobody is told. */
    public void deafenTo(String source) {
        refuse("ip saddr " + source);
    }

    /** What is for several hosts at once does not arrive: neither multicast nor broadcast. */
    public void refuseMulticast() {
        refuse("iifname \"" + INTERFACE + "\" pkttype { multicast, broadcast } meta l4proto udp");
    }

    /** Everything arrives again. */
    public void listen() {
        namespace.filter("");
    }

    private void refuse(String what) {
        namespace.filter("table inet ears {\n  chain in {\n    type filter hook input priority filter;\n    " + what
                + " drop;\n  }\n}\n");
    }

    /** Has the link (again). */
    public void plug() {
        namespace.ip("link set " + INTERFACE + " up");
        if (router != null) {
            namespace.ip("route replace default via " + router);
        }
    }

    void address(String addressAndBits) {
        namespace.ip("addr add " + addressAndBits + " dev " + INTERFACE);
    }
}

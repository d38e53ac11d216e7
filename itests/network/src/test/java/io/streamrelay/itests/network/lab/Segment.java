// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

/** An Ethernet of its own: a bridge that everything on it is plugged into. */
final class Segment {

    private final Namespace namespace;
    private final String bridge;
    private int ports;

    Segment(Namespace namespace, String bridge) {
        this.namespace = namespace;
        this.bridge = bridge;
        namespace.ip(
                "link add " + bridge + " type bridge forward_delay 0 mcast_snooping 0", "link set " + bridge + " up");
    }

    /** Gives another namespace an interface of that name that is plugged in; it is still down. */
    void connect(Namespace other, String interfaceName, LinkQuality quality) {
        String port = bridge + "p" + ports++;
        namespace.ip("link add " + port + " type veth peer name " + interfaceName + " netns " + other.name());
        if (quality.equals(LinkQuality.PERFECT)) {
            namespace.ip("link set " + port + " master " + bridge + " up");
        } else {
            connectThroughBox(port, quality);
        }
    }

    private void connectThroughBox(String port, LinkQuality quality) {
        String behind = port + "b";
        namespace.ip(
                "link add " + behind + " type veth peer name " + port + "c",
                "link set " + port + " up",
                "link set " + behind + " up",
                "link set " + port + "c master " + bridge + " up");
        namespace.startService(
                "python3",
                Services.script("delaybox.py"),
                port,
                behind,
                Integer.toString(quality.delayMs()),
                Integer.toString(quality.jitterMs()),
                Integer.toString(quality.lossPercent()),
                Double.toString(quality.bitErrorRate()));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

/** The Ethernet of a house, 192.168.1.0/24, alone or behind a NAT. */
public final class LocalNetwork {

    /** Where hosts send what is not for this network. */
    static final String ROUTER = "192.168.1.1";
    /** The address of the host that comes first. */
    static final String FIRST_HOST = "192.168.1.2";

    private static final int FIRST_NUMBER = 2;

    private final Lab lab;
    private final Segment segment;
    private final String router;
    private int hosts;

    /** @param router {@link #ROUTER}, or null when nothing leads out */
    LocalNetwork(Lab lab, Segment segment, String router) {
        this.lab = lab;
        this.segment = segment;
        this.router = router;
    }

    /** Another host: 192.168.1.2, then 192.168.1.3 and so on. */
    public Host host(String name) {
        return host(name, LinkQuality.PERFECT);
    }

    /** Another host, on such a line. */
    public Host host(String name, LinkQuality line) {
        return lab.host(name, segment, "192.168.1." + (FIRST_NUMBER + hosts++), router, line);
    }
}

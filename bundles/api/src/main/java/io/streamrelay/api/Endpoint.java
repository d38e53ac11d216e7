// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * An IPv4 address and a UDP port, as numbers: nothing here ever resolves a name.
 *
 * @param address the IPv4 address, big-endian in an int
 * @param port 1 to 65535
 */
public record Endpoint(int address, int port) implements Comparable<Endpoint> {

    /** 2^32 over the golden ratio, the odd number that spreads neighbours farthest (Knuth, TAOCP 3, section 6.4). */
    private static final int SPREAD = 0x9e37_79b9;

    public Endpoint {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port lies between 1 and 65535, not " + port);
        }
    }

    /**
     * Reads a dotted quad such as {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException for everything else, host names included
     */
    public static Endpoint of(String address, int port) {
        return new Endpoint(parseAddress(address), port);
    }

    /** Whether {@code text} is a dotted quad that {@link #of} accepts. */
    public static boolean isLiteral(String text) {
        return parse(text) >= 0;
    }

    /** The dotted quad as a big-endian int. */
    public static int parseAddress(String text) {
        long parsed = parse(text);
        if (parsed < 0) {
            throw new IllegalArgumentException("a literal IPv4 address is needed, not '" + text + "'");
        }
        return (int) parsed;
    }

    private static long parse(String text) {
        int length = text.length();
        if (length < 7 || length > 15) {
            return -1;
        }
        long address = 0;
        int octet = -1;
        int dots = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (octet == 0) {
                    return -1;
                }
                octet = (octet < 0 ? 0 : octet * 10) + c - '0';
                if (octet > 255) {
                    return -1;
                }
            } else if (c == '.' && octet >= 0) {
                address = address << 8 | octet;
                octet = -1;
                dots++;
            } else {
                return -1;
            }
        }
        return dots == 3 && octet >= 0 ? address << 8 | octet : -1;
    }

    /** The address alone, as a dotted quad. */
    public String host() {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint endpoint && endpoint.address == address && endpoint.port == port;
    }

    /** Neighbouring addresses with ports of one range do not collide, as they would in the sum that a record makes. */
    @Override
    public int hashCode() {
        return address * SPREAD ^ port;
    }

    @Override
    public int compareTo(Endpoint other) {
        int byAddress = Integer.compareUnsigned(address, other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return host() + ":" + port;
    }
}

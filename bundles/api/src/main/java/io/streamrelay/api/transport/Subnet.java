// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.transport;

/**
 * An IPv4 network that this host is in.
 *
 * @param address this host's address there, big-endian in an int
 * @param prefix how many bits of it name the network, 1 to 30
 */
public record Subnet(int address, int prefix) {

    /** From here on a network has no address for all of its hosts (RFC 3021). */
    public static final int PREFIX_MAX = 30;

    public Subnet {
        if (prefix < 1 || prefix > PREFIX_MAX) {
            throw new IllegalArgumentException("a prefix lies between 1 and " + PREFIX_MAX + ", not " + prefix);
        }
    }

    private int hostBits() {
        return -1 >>> prefix;
    }

    /** The address that reaches all of its hosts at once. */
    public int broadcast() {
        return address | hostBits();
    }

    /** Whether an address is one of its hosts'. */
    public boolean contains(int host) {
        return ((host ^ address) & ~hostBits()) == 0 && host != broadcast() && (host & hostBits()) != 0;
    }
}

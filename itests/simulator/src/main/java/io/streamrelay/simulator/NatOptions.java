// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

/**
 * What a NAT device does.
 *
 * @param kind how it maps and filters
 * @param hairpinning whether nodes behind it reach each other through its public address
 * @param timeoutMs how long a mapping, and a permission to come in, outlive the last datagram that went out
 * @param ports how many ports its public address has for mappings, 1 to {@link #PORTS_MAX}; when all are taken, nothing
 *     new gets out
 */
public record NatOptions(NatKind kind, boolean hairpinning, long timeoutMs, int ports) {

    /** The first port of mappings: below it are those that systems keep for themselves. */
    static final int FIRST_PORT = 1024;

    /** Ports 1024 to 65535. */
    public static final int PORTS_MAX = 65_536 - FIRST_PORT;

    /** What the reference was measured with; the shortest that is common (RFC 4787 asks for 2 minutes). */
    public static final long DEFAULT_TIMEOUT_MS = 30_000;

    public NatOptions {
        if (timeoutMs < 1 || ports < 1 || ports > PORTS_MAX) {
            throw new IllegalArgumentException(
                    "timeoutMs " + timeoutMs + ", ports " + ports + ": at least 1, at most " + PORTS_MAX + " ports");
        }
    }

    /** A device of that kind, without hairpinning, with a mapping timeout of 30 s and all ports. */
    public static NatOptions of(NatKind kind) {
        return new NatOptions(kind, false, DEFAULT_TIMEOUT_MS, PORTS_MAX);
    }

    /** The same, with hairpinning. */
    public NatOptions withHairpinning() {
        return new NatOptions(kind, true, timeoutMs, ports);
    }

    /** The same with another timeout. */
    public NatOptions withTimeoutMs(long otherMs) {
        return new NatOptions(kind, hairpinning, otherMs, ports);
    }

    /** The same with so many ports. */
    public NatOptions withPorts(int count) {
        return new NatOptions(kind, hairpinning, timeoutMs, count);
    }
}

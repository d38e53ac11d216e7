// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses as big-endian ints and as Java's objects. */
final class Ipv4 {

    private Ipv4() {}

    static InetAddress inetAddress(int address) {
        byte[] bytes = {
            (byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address,
        };
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }

    static int number(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }
}

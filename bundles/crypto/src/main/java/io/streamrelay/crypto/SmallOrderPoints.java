// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.crypto;

import java.util.HexFormat;

/**
 * The eight points of edwards25519 whose order divides eight. As a public key such a point gives every partner the
 * same secret and accepts one signature for many messages, so none is let in.
 */
final class SmallOrderPoints {

    /** Their y coordinates, little-endian; a point and its negative differ in the sign bit only. */
    private static final byte[][] Y = {
        y("0000000000000000000000000000000000000000000000000000000000000000"),
        y("0100000000000000000000000000000000000000000000000000000000000000"),
        y("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        y("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        y("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    };

    private SmallOrderPoints() {}

    /** Whether the canonical encoding of 32 bytes at {@code offset} is one of the eight, or only differs in its sign. */
    static boolean contain(byte[] source, int offset) {
        for (byte[] y : Y) {
            if (sameButForSign(y, source, offset)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameButForSign(byte[] y, byte[] source, int offset) {
        int last = y.length - 1;
        for (int i = 0; i < last; i++) {
            if (y[i] != source[offset + i]) {
                return false;
            }
        }
        return y[last] == (source[offset + last] & 0x7f);
    }

    private static byte[] y(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A 32-byte identifier of the protocol: a peer id, cluster id, subcluster id, event id, packet id or public key.
 * Immutable; ordered bytewise (unsigned), which is the order of its lower-case hex text.
 */
public final class Id implements Comparable<Id> {

    /** The size of every id in bytes. */
    public static final int BYTES = 32;

    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] DIGITS = new byte[128];

    static {
        for (char c = 0; c < DIGITS.length; c++) {
            DIGITS[c] = (byte) Character.digit(c, 16);
        }
    }

    private final byte[] bytes;

    private Id(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies an id out of an array.
     *
     * @throws IllegalArgumentException when the array has not exactly 32 bytes
     */
    public static Id of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an id has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Id(bytes.clone());
    }

    /** Copies the 32 bytes that begin at {@code offset}. */
    public static Id copyOf(byte[] source, int offset) {
        return new Id(
                Arrays.copyOfRange(source, offset, Objects.checkFromIndexSize(offset, BYTES, source.length) + BYTES));
    }

    /**
     * Reads 64 hex digits; upper case is accepted, the id's own text is lower case.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Id ofHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "an id is written as " + 2 * BYTES + " hex digits, not " + hex.length() + ": '" + hex + "'");
        }
        byte[] bytes = new byte[BYTES];
        int all = 0;
        for (int i = 0; i < BYTES; i++) {
            int digits = digit(hex.charAt(2 * i)) << 4 | digit(hex.charAt(2 * i + 1));
            bytes[i] = (byte) digits;
            all |= digits;
        }
        if (all < 0) {
            throw new IllegalArgumentException("an id is written in hex digits, not '" + hex + "'");
        }
        return new Id(bytes);
    }

    /** From 0 to 15, or -1. Every ping brings some of them, and {@link HexFormat} of Java 17 takes longer. */
    private static int digit(char c) {
        return c < DIGITS.length ? DIGITS[c] : -1;
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the 32 bytes into {@code target} at {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    /** Whether the 32 bytes at {@code offset} of {@code source} are this id. */
    public boolean matches(byte[] source, int offset) {
        return Arrays.equals(bytes, 0, BYTES, source, offset, offset + BYTES);
    }

    /** The hex digit at {@code index}, 0 to 63, as a number from 0 to 15. */
    public int nibble(int index) {
        int b = bytes[index >> 1];
        return (index & 1) == 0 ? (b >> 4) & 0xf : b & 0xf;
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    /** The first eight hex digits, for logs and tables. */
    public String shortHex() {
        return HEX.formatHex(bytes, 0, 4);
    }

    @Override
    public int compareTo(Id other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Id id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        // Ids are digests or keys: any four bytes are as good as a hash of all.
        return (bytes[0] << 24) | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public String toString() {
        return hex();
    }
}

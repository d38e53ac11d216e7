// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the members of a subcluster share: a passphrase, or 32 bytes. It never shows itself in a text.
 *
 * <p>A passphrase becomes a key as the protocol says: its UTF-8 bytes through BLAKE2b-256.
 */
public final class SharedKey {

    private static final String HEX_PREFIX = "hex:";

    private final String passphrase;
    private final byte[] bytes;

    private SharedKey(String passphrase, byte[] bytes) {
        this.passphrase = passphrase;
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException when the passphrase is empty */
    public static SharedKey ofPassphrase(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException(
                    "a shared key's passphrase is empty; give a text, or hex: and 64 digits");
        }
        return new SharedKey(passphrase, null);
    }

    /** @throws IllegalArgumentException when there are not exactly 32 bytes */
    public static SharedKey ofBytes(byte[] bytes) {
        if (bytes.length != Id.BYTES) {
            throw new IllegalArgumentException("a shared key has 32 bytes, not " + bytes.length);
        }
        return new SharedKey(null, bytes.clone());
    }

    /**
     * Reads what stands in a configuration: {@code hex:} and 64 hex digits, or a passphrase.
     *
     * @throws IllegalArgumentException without repeating the text, for it is secret
     */
    public static SharedKey parse(String text) {
        if (!text.startsWith(HEX_PREFIX)) {
            return ofPassphrase(text);
        }
        String digits = text.substring(HEX_PREFIX.length());
        if (digits.length() != 2 * Id.BYTES || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new IllegalArgumentException(
                    "a shared key that begins with hex: goes on with 64 hex digits; this one does not ("
                            + digits.length() + " characters follow)");
        }
        return ofBytes(HexFormat.of().parseHex(digits));
    }

    /** The passphrase, or null when this key is given as bytes. */
    public String passphrase() {
        return passphrase;
    }

    /** A copy of the 32 bytes, or null when this key is given as a passphrase. */
    public byte[] bytes() {
        return bytes == null ? null : bytes.clone();
    }

    /** How long it takes does not tell how much of two keys is the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SharedKey key
                && (passphrase == null) == (key.passphrase == null)
                && MessageDigest.isEqual(secret(), key.secret());
    }

    private byte[] secret() {
        return passphrase == null ? bytes : passphrase.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret());
    }

    @Override
    public String toString() {
        return "SharedKey[hidden]";
    }
}

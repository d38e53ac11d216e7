// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What two copies of one publication have in common: the first eight bytes of a SHA-256 over topic and payload. Two
 * equal readings have equal fingerprints, which is why they are counted wherever they are remembered.
 */
public record Fingerprint(long value) {

    public static Fingerprint of(String topic, byte[] payload) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(topic.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return new Fingerprint(ByteBuffer.wrap(sha.digest(payload)).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @throws IllegalArgumentException when the text is not what {@link #hex} writes */
    public static Fingerprint ofHex(String hex) {
        return new Fingerprint(HexFormat.fromHexDigitsToLong(hex));
    }

    public String hex() {
        return HexFormat.of().toHexDigits(value);
    }
}

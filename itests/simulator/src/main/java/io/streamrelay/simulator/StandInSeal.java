// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.Id;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Stands in for the sealing that engines never see: as large as the real one (160 bytes more than the plaintext,
 * protocol-v6 §2), different for two equal plaintexts, and opened only as what was sealed for the same subcluster.
 */
final class StandInSeal {

    /** What sealing adds. */
    static final int OVERHEAD_BYTES = 160;

    private StandInSeal() {}

    static byte[] seal(Id subcluster, byte[] plaintext, RandomGenerator random) {
        byte[] salt = new byte[OVERHEAD_BYTES - 2 * Id.BYTES];
        random.nextBytes(salt);
        return ByteBuffer.allocate(OVERHEAD_BYTES + plaintext.length)
                .put(subcluster.bytes())
                .put(sha256(plaintext))
                .put(salt)
                .put(plaintext)
                .array();
    }

    /**
     * The plaintext.
     *
     * @throws Violation when it was sealed for another subcluster or has been changed
     */
    static byte[] open(Id subcluster, byte[] sealed) {
        if (sealed.length < OVERHEAD_BYTES || !subcluster.matches(sealed, 0)) {
            throw new Violation("what came for subcluster " + subcluster.shortHex() + " was not sealed for it");
        }
        byte[] plaintext = Arrays.copyOfRange(sealed, OVERHEAD_BYTES, sealed.length);
        if (!Id.of(sha256(plaintext)).matches(sealed, Id.BYTES)) {
            throw new Violation("a sealed message of " + sealed.length + " bytes came out changed");
        }
        return plaintext;
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

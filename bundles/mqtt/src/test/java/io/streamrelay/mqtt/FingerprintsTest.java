// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private static final Fingerprint READING = Fingerprint.of("t", new byte[] {1});

    private final Fingerprints fingerprints = new Fingerprints(60_000, 3);

    @Test
    void countsEqualReadings() {
        fingerprints.add(READING, 0);
        fingerprints.add(READING, 0);
        assertTrue(fingerprints.take(READING, 1));
        assertTrue(fingerprints.take(READING, 1));
        assertFalse(fingerprints.take(READING, 1));
    }

    @Test
    void forgetsAfterItsTime() {
        fingerprints.add(READING, 0);
        assertTrue(fingerprints.take(READING, 60_000));
        fingerprints.add(READING, 0);
        assertFalse(fingerprints.take(READING, 60_001));
    }

    @Test
    void doesNotCountWhatHasExpired() {
        fingerprints.add(READING, 0);
        fingerprints.add(READING, 70_000);
        assertTrue(fingerprints.take(READING, 70_001));
        assertFalse(fingerprints.take(READING, 70_001));
    }

    @Test
    void forgetsTheOldestAtItsLimit() {
        for (byte i = 0; i < 4; i++) {
            fingerprints.add(Fingerprint.of("t", new byte[] {i}), i);
        }
        assertEquals(3, fingerprints.size());
        assertFalse(fingerprints.take(Fingerprint.of("t", new byte[] {0}), 5));
        assertTrue(fingerprints.take(Fingerprint.of("t", new byte[] {1}), 5));
    }

    @Test
    void tellsTopicsAndPayloadsApart() {
        assertNotEquals(Fingerprint.of("ab", "c".getBytes()), Fingerprint.of("a", "bc".getBytes()));
        assertEquals(READING, Fingerprint.ofHex(READING.hex()));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private static final Fingerprint READING = Fingerprint.of("t", new byte[] {1});

    private final Fingerprints fingerprints = new Fingerprints(60_000, 3);

    @Test
    void countsEqualReadings() {
        fingerprints.add(READING, List.of(), 0);
        fingerprints.add(READING, List.of(), 0);
        assertTrue(fingerprints.take(READING, 1).isPresent());
        assertTrue(fingerprints.take(READING, 1).isPresent());
        assertTrue(fingerprints.take(READING, 1).isEmpty());
    }

    @Test
    void forgetsAfterItsTime() {
        fingerprints.add(READING, List.of(), 0);
        assertTrue(fingerprints.take(READING, 60_000).isPresent());
        fingerprints.add(READING, List.of(), 0);
        assertTrue(fingerprints.take(READING, 60_001).isEmpty());
    }

    @Test
    void doesNotCountWhatHasExpired() {
        fingerprints.add(READING, List.of(), 0);
        fingerprints.add(READING, List.of(), 70_000);
        assertTrue(fingerprints.take(READING, 70_001).isPresent());
        assertTrue(fingerprints.take(READING, 70_001).isEmpty());
    }

    @Test
    void forgetsTheOldestAtItsLimit() {
        for (byte i = 0; i < 4; i++) {
            fingerprints.add(Fingerprint.of("t", new byte[] {i}), List.of(), i);
        }
        assertEquals(3, fingerprints.size());
        assertTrue(fingerprints.take(Fingerprint.of("t", new byte[] {0}), 5).isEmpty());
        assertTrue(fingerprints.take(Fingerprint.of("t", new byte[] {1}), 5).isPresent());
    }

    @Test
    void tellsTopicsAndPayloadsApart() {
        assertNotEquals(Fingerprint.of("ab", "c".getBytes()), Fingerprint.of("a", "bc".getBytes()));
        assertEquals(READING, Fingerprint.ofHex(READING.hex()));
    }

    @Test
    void tellsThePlacesThatEachHasPassed() {
        fingerprints.add(READING, List.of("s1"), 0);
        fingerprints.add(READING, List.of("s2"), 0);
        fingerprints.add(READING, List.of("s1"), 0);

        assertEquals(Optional.of(List.of("s1")), fingerprints.take(READING, 1));
        assertEquals(Optional.of(List.of("s1")), fingerprints.take(READING, 1));
        assertEquals(Optional.of(List.of("s2")), fingerprints.take(READING, 1));
        assertEquals(Optional.empty(), fingerprints.take(READING, 1));
    }

    @Test
    void takesWaysBeyondItsLimitForTheFirst() {
        for (int i = 0; i < 1_000; i++) {
            fingerprints.add(READING, List.of("s" + i), 0);
        }
        long distinct = 0;
        List<String> last = null;
        for (int i = 0; i < 1_000; i++) {
            List<String> places = fingerprints.take(READING, 1).orElseThrow();
            distinct += places.equals(last) ? 0 : 1;
            last = places;
        }
        assertEquals(16, distinct);
        assertEquals(Optional.empty(), fingerprints.take(READING, 1));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Fingerprint;
import org.junit.jupiter.api.Test;

class RepetitionsTest {

    private final Repetitions repetitions = new Repetitions();

    @Test
    void areUsualOfATopicThatSaysTheSameSoon() {
        repetitions.heard("t/a", new Fingerprint(1), 0);
        repetitions.heard("t/a", new Fingerprint(2), 10);
        assertFalse(repetitions.areUsualOf("t/a", 0, 10));
        repetitions.heard("t/a", new Fingerprint(1), 250);
        assertTrue(repetitions.areUsualOf("t/a", 0, 60_250));
        assertFalse(repetitions.areUsualOf("t/a", 0, 60_251), "it has long been different");
        assertFalse(repetitions.areUsualOf("t/b", 0, 250));
    }

    @Test
    void areNotUsualOfATopicThatTakesItsTime() {
        for (int i = 0; i < 10; i++) {
            repetitions.heard("t/a", new Fingerprint(1), i * 251L);
            assertFalse(repetitions.areUsualOf("t/a", 0, i * 251L));
        }
    }

    @Test
    void areToldByHowSoonTheyCome() {
        repetitions.heard("t/a", new Fingerprint(1), 0);
        repetitions.heard("t/a", new Fingerprint(1), 1_000);
        assertFalse(repetitions.areUsualOf("t/a", 999, 1_000));
        assertTrue(repetitions.areUsualOf("t/a", 1_000, 1_000));
        repetitions.heard("t/a", new Fingerprint(1), 4_000);
        assertTrue(repetitions.areUsualOf("t/a", 1_000, 4_000), "the shortest counts");
    }

    @Test
    void areKeptInABoundedMemory() {
        for (int i = 0; i < 100_000; i++) {
            repetitions.heard("t/" + i, new Fingerprint(i), 0);
            repetitions.heard("t/" + i, new Fingerprint(i), 0);
        }
        assertFalse(repetitions.areUsualOf("t/0", 0, 0), "the oldest make room");
        assertTrue(repetitions.areUsualOf("t/99999", 0, 0));
    }
}

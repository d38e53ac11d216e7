// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnmarkedPublicationsTest {

    private static final Fingerprint READING = Fingerprint.of("t", new byte[] {'1'});

    private final UnmarkedPublications publications = new UnmarkedPublications();

    @Test
    void takesOneEchoForEachPublication() {
        publications.own().add(READING, 0);
        assertTrue(publications.own().take(READING, 1).isPresent());
        assertFalse(publications.own().take(READING, 2).isPresent(), "an equal reading of an application passes");
    }

    @Test
    void tellsItsOwnFromOthers() {
        publications.addOthers(new Note(READING, List.of("s")), 0);
        assertFalse(publications.own().take(READING, 1).isPresent());
        assertEquals(Optional.of(List.of("s")), publications.takeOthers(READING, 1));
        assertEquals(Optional.empty(), publications.takeOthers(READING, 1));
    }

    @Test
    void knowsOldNewsByTheLastOfEachTopic() {
        publications.passed("t", READING);
        assertTrue(publications.isOldNews(World.message("t", "1"), READING));
        publications.passed("t", Fingerprint.of("t", new byte[] {'2'}));
        assertFalse(publications.isOldNews(World.message("t", "1"), READING));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bridges tell each other under {@code streamrelay/bridges/PEER/NAME/sent}. */
class NoteTest {

    private static final Fingerprint READING = Fingerprint.of("t", new byte[] {1});

    @Test
    void isTextWithTheFingerprintFirst() {
        byte[] bytes = new Note(READING, List.of("ab", "0123456789abcdef")).encode();

        assertEquals(READING.hex() + " ab 0123456789abcdef", new String(bytes, StandardCharsets.US_ASCII));
        assertEquals(new Note(READING, List.of("ab", "0123456789abcdef")), Note.decode(bytes));
    }

    @Test
    void takesAsManyPlacesAsItsLimit() {
        String place = "f".repeat(64);
        Note most = new Note(READING, Collections.nCopies(Note.PLACES_MAX, place));

        assertEquals(most, Note.decode(most.encode()));
        Note more = new Note(READING, Collections.nCopies(Note.PLACES_MAX + 1, place));
        assertEquals(most, Note.decode(more.encode()));
        byte[] tooMany =
                (READING.hex() + (" " + place).repeat(Note.PLACES_MAX + 1)).getBytes(StandardCharsets.US_ASCII);
        assertThrows(IllegalArgumentException.class, () -> Note.decode(tooMany));
    }

    @Test
    void leavesOutWhatNoBridgeWrites() {
        Note odd = new Note(READING, List.of("ab", "", "a b", "f".repeat(65), "gr\u00fcn"));

        assertEquals(new Note(READING, List.of("ab")), Note.decode(odd.encode()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "0123456789abcdef", "0123456789abcdef ", "0123456789abcdeg s", "0123456789abcdef  s"})
    void isNothingElse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThrows(IllegalArgumentException.class, () -> Note.decode(bytes));
    }

    @Test
    void hasNoLongPlaces() {
        byte[] bytes = ("0123456789abcdef " + "f".repeat(65)).getBytes(StandardCharsets.US_ASCII);
        assertThrows(IllegalArgumentException.class, () -> Note.decode(bytes));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a bridge tells the others on its broker right before it publishes what they could take for an application's:
 * which publication it is, and what {@link Via} would have said there. As text: the fingerprint's 16 hexadecimal
 * digits and the places, with a space before each.
 *
 * @param fingerprint of the publication
 * @param places that it has passed, at least one
 */
record Note(Fingerprint fingerprint, List<String> places) {

    /** More than any sensible wiring has. Our own choice. */
    static final int PLACES_MAX = 64;

    /** The id of a subcluster in hexadecimal digits is the longest. */
    private static final int PLACE_CHARS_MAX = 64;

    private static final Pattern PLACE = Pattern.compile("[!-~]{1," + PLACE_CHARS_MAX + "}");

    /** Places that no bridge has named so are left out: an application may write what it likes. */
    byte[] encode() {
        List<String> own = places.stream()
                .filter(place -> PLACE.matcher(place).matches())
                .limit(PLACES_MAX)
                .toList();
        return (fingerprint.hex() + " " + String.join(" ", own)).getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IllegalArgumentException when these are not the bytes of a note */
    static Note decode(byte[] bytes) {
        if (bytes.length > (PLACES_MAX + 1) * (PLACE_CHARS_MAX + 1)) {
            throw new IllegalArgumentException("a note of " + bytes.length + " bytes");
        }
        List<String> words = List.of(new String(bytes, StandardCharsets.US_ASCII).split(" "));
        List<String> places = words.subList(1, words.size());
        if (places.isEmpty()
                || places.size() > PLACES_MAX
                || places.stream().anyMatch(place -> place.isEmpty() || place.length() > PLACE_CHARS_MAX)) {
            throw new IllegalArgumentException("a note of " + places.size() + " places");
        }
        return new Note(Fingerprint.ofHex(words.get(0)), places);
    }
}

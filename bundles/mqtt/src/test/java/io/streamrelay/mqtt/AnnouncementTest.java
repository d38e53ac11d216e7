// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

    private static final Id SUBCLUSTER = Id.ofHex("ab".repeat(32));

    private static Announcement announcement(Format format, String... routes) {
        return new Announcement(SUBCLUSTER, MqttVersion.FIVE, Routes.parse("routes", List.of(routes), format));
    }

    @Test
    void readsWhatItWrites() {
        Announcement announcement = announcement(Format.ENVELOPE, "a/# both 2 x/ y/", "b in");
        assertEquals(Optional.of(announcement), Announcement.decode(announcement.encode()));
    }

    @Test
    void passesOverWhatALaterVersionSays() {
        String text = new String(announcement(Format.RAW, "a out").encode(), UTF_8) + "colour=blue\nmore\n\n";
        assertEquals(Optional.of(announcement(Format.RAW, "a out")), Announcement.decode(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "subcluster=xyz", "route=a out", "subcluster=\nroute=#"})
    void isNothingWhenItMakesNoSense(String text) {
        assertTrue(Announcement.decode(text.getBytes(UTF_8)).isEmpty());
    }

    @Test
    void readsNoMoreThanItsLimit() {
        assertTrue(Announcement.decode(new byte[Announcement.BYTES_MAX + 1]).isEmpty());
    }

    @Test
    void knowsItsKinBySubclusterAndFormat() {
        Announcement envelope = announcement(Format.ENVELOPE, "a out");
        assertTrue(envelope.isKinOf(announcement(Format.ENVELOPE, "b out")));
        assertFalse(envelope.isKinOf(announcement(Format.RAW, "a out")));
        assertFalse(envelope.isKinOf(new Announcement(Id.ofHex("cd".repeat(32)), MqttVersion.FIVE, envelope.routes())));
    }
}

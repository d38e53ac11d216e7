// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamrelay.api.Id;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Settings;
import io.streamrelay.crypto.BouncyKeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubclusterSettingsTest {

    @TempDir
    Path folder;

    @Test
    void readsEverySetting() {
        SubclusterOptions options = read(
                Map.of("name", "demo", "sharedKey", "a passphrase", "senders", "ab".repeat(32), "lifetime", "90m"));
        assertEquals(
                new SubclusterOptions(
                        "demo",
                        SharedKey.ofPassphrase("a passphrase"),
                        Set.of(Id.ofHex("ab".repeat(32))),
                        Duration.ofMinutes(90)),
                options);
    }

    @ParameterizedTest
    @CsvSource({"'', PT5S", "0, PT0S", "90, PT90S", "5s, PT5S", "30 m, PT30M", "30d, P30D"})
    void readsHowLongMessagesWaitForThoseBeforeThem(String value, Duration wait) {
        assertEquals(
                wait,
                read(Map.of("name", "demo", "sharedKey", "x", "orderWait", value))
                        .orderWait());
    }

    @Test
    void takesANumberOfSecondsFromAForm() {
        assertEquals(
                Duration.ofSeconds(7),
                read(Map.of("name", "demo", "sharedKey", "x", "orderWait", 7)).orderWait());
    }

    @Test
    void makesARandomKeyOnceAndKeepsItForItsOwnerAlone() throws IOException {
        SubclusterOptions made = read(Map.of("name", "demo"));
        assertEquals(made, read(Map.of("name", "demo", "sharedKey", "")));
        assertNotEquals(made.key(), read(Map.of("name", "other")).key());
        Path file = folder.resolve("keys/demo.key");
        assertTrue(Files.readString(file).matches("hex:[0-9a-f]{64}\n"));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        assertEquals(
                made.key(),
                read(Map.of("name", "demo", "sharedKey", "file:" + file)).key());
    }

    @Test
    void refusesADamagedKeyFile() throws IOException {
        read(Map.of("name", "demo"));
        Path file = folder.resolve("keys/demo.key");
        for (String bad : new String[] {"", "hex:12", "some text"}) {
            Files.writeString(file, bad);
            ConfigurationException refusal =
                    assertThrows(ConfigurationException.class, () -> read(Map.of("name", "demo")));
            assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
        }
    }

    @Test
    void doesNotRepeatASecret() {
        ConfigurationException refusal = assertThrows(
                ConfigurationException.class, () -> read(Map.of("name", "demo", "sharedKey", "hex:c0ffee")));
        assertFalse(refusal.getMessage().contains("c0ffee"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "name, ../../etc",
        "name, .hidden",
        "name, a b",
        "senders, abcd",
        "lifetime, 6",
        "lifetime, 0s",
        "lifetime, 721h",
        "lifetime, 31d",
        "lifetime, 6 hours",
        "orderWait, -1",
        "orderWait, 31d",
        "orderWait, for ever"
    })
    void namesTheKeyAndTheValueThatItRefuses(String key, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("name", "demo", "sharedKey", "x"));
        settings.put(key, value);
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> read(settings));
        assertTrue(refusal.getMessage().startsWith(key + ": '" + value + "'"), refusal.getMessage());
    }

    private SubclusterOptions read(Map<String, Object> settings) {
        return SubclusterSettings.read(new Settings(settings), new KeyFiles(folder, new BouncyKeyRing()));
    }
}

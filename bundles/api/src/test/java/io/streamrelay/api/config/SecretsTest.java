// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @Test
    void followsAFileWithoutItsLineEnd(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "open sesame\n");
        assertEquals("open sesame", Secrets.reveal("sharedKey", "file:" + file));
    }

    @Test
    void followsTheEnvironment() {
        assertEquals(System.getenv("PATH"), Secrets.reveal("password", "env:PATH"));
    }

    @Test
    void isTheTextItselfOtherwise() {
        assertEquals("greetings", Secrets.reveal("sharedKey", "greetings"));
    }

    @Test
    void namesTheKeyAndThePlaceWhenItIsNotThere() {
        ConfigurationException missing =
                assertThrows(ConfigurationException.class, () -> Secrets.reveal("sharedKey", "file:/no/such/file"));
        assertTrue(missing.getMessage().startsWith("sharedKey: the file /no/such/file cannot be read"));
        assertThrows(ConfigurationException.class, () -> Secrets.reveal("password", "env:NO_SUCH_VARIABLE_HERE"));
    }
}

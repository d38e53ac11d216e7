// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.utils.properties.TypedProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file that people wrote. */
class ConfigurationFileTest {

    private static final String TEXT = """
            # Where the broker is.
            broker = tcp://127.0.0.1:${PORT}

            # What is carried.
            routes = demo/# both 1
            limit = 5
            """;
    private static final Map<String, Object> AS_IT_IS =
            Map.of("broker", "tcp://127.0.0.1:1883", "routes", "demo/# both 1", "limit", "5");

    @TempDir
    private Path folder;

    private Path file;
    private ConfigurationFile configuration;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("bridge.cfg"), TEXT);
        configuration = new ConfigurationFile(
                file, StandardCharsets.ISO_8859_1, (name, key, value) -> value.equals("PORT") ? "1883" : null);
    }

    private Set<String> keep(String key, Object value) throws IOException {
        Map<String, Object> values = new HashMap<>(AS_IT_IS);
        values.put(key, value);
        return configuration.keep(values);
    }

    @Test
    void isNotTouchedByWhatItAlreadySays() throws IOException {
        Object before = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

        assertEquals(Set.of(), configuration.keep(AS_IT_IS));
        assertEquals(Set.of(), keep("limit", 5), "a number is what it is as text");

        assertEquals(TEXT, Files.readString(file));
        assertEquals(
                before, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    @Test
    void takesAChangedValueAndKeepsTheRestAsItIsWritten() throws IOException {
        assertEquals(Set.of("routes"), keep("routes", "up/# out"));

        assertEquals(TEXT.replace("demo/# both 1", "up/# out"), Files.readString(file));
    }

    @Test
    void takesNumbersAndTruthAsText() throws IOException {
        keep("limit", 7L);

        assertEquals(TEXT.replace("5", "7"), Files.readString(file));
    }

    @Test
    void takesNewKeysAndLosesThoseThatWent() throws IOException {
        Map<String, Object> values = new HashMap<>(AS_IT_IS);
        values.remove("limit");
        values.put("format", "raw");

        assertEquals(Set.of("format", "limit"), configuration.keep(values));

        assertEquals(
                TEXT.replace("limit = 5\n", "format = raw\n"),
                Files.readString(file).replace(" = ", " = "));
    }

    @Test
    void readsBackAListAsItWasTold() throws IOException {
        String[] routes = {"up/# out", "down/#, with a comma in"};

        keep("routes", routes);

        TypedProperties read = new TypedProperties(configuration.placeholders());
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        assertArrayEquals(routes, (Object[]) read.get("routes"));
        assertEquals("tcp://127.0.0.1:1883", read.get("broker"));
        assertEquals(Set.of(), keep("routes", routes));
    }

    @Test
    void takesNoLetterForAnother() throws IOException {
        keep("routes", "\u03a9/# out");
        TypedProperties read = new TypedProperties(configuration.placeholders());
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            read.load(reader);
        }
        assertEquals("\u03a9/# out", read.get("routes"));

        String before = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThrows(IOException.class, () -> keep("routes", new String[] {"\u03a9/#"}));
        assertEquals(before, Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    @Test
    void keepsWhoMayReadIt() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        keep("limit", "6");

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void followsALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.cfg"), file);

        new ConfigurationFile(link, StandardCharsets.ISO_8859_1, configuration.placeholders())
                .keep(Map.of("limit", "6"));

        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(file).contains("limit = 6"));
    }

    @Test
    void staysTheOldOneWhenTheNewOneCannotBeWritten() throws IOException {
        Files.createDirectories(folder.resolve("bridge.cfg.new").resolve("in-the-way"));

        assertThrows(IOException.class, () -> keep("limit", "6"));

        assertEquals(TEXT, Files.readString(file));
    }

    @Test
    void isWholeAtEveryMoment() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Integer> reads = CompletableFuture.supplyAsync(() -> {
            int count = 0;
            try {
                for (; !ended.get(); count++) {
                    String text = Files.readString(file);
                    assertTrue(text.startsWith("# Where") && text.contains("limit = "), text);
                }
            } catch (IOException e) {
                throw new AssertionError("the file was not there", e);
            }
            return count;
        });
        for (int number = 0; number < 300; number++) {
            keep("limit", Integer.toString(number));
        }
        ended.set(true);

        assertTrue(reads.get() > 0);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each key that a component knows is explained in config/, with the default that the component has, and no other. */
class ConfigFilesTest {

    /** {@code key = value}, or the same as a comment, which shows a default. */
    private static final Pattern KEY = Pattern.compile("^#?([A-Za-z][A-Za-z0-9]*) ?= ?(.*)$");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final Path CONFIG = Path.of("..", "..", "config");
    private static final Path README = Path.of("..", "..", "README.md");

    @ParameterizedTest
    @CsvSource({
        "gossip, io.streamrelay.node, io.streamrelay.node.cfg",
        "gossip, io.streamrelay.subcluster, io.streamrelay.subcluster-demo.cfg",
        "mqtt, io.streamrelay.mqtt, io.streamrelay.mqtt-demo.cfg"
    })
    void explainsTheKeysOfTheMetatype(String bundle, String pid, String file) throws Exception {
        Map<String, String> explained = keysOf(CONFIG.resolve(file));
        Map<String, String> known = Metatype.ofBundle(bundle, pid).defaults();

        assertFalse(known.isEmpty());
        assertEquals(known.keySet(), explained.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "gossip, io.streamrelay.node, io.streamrelay.node.cfg",
        "gossip, io.streamrelay.subcluster, io.streamrelay.subcluster-demo.cfg",
        "mqtt, io.streamrelay.mqtt, io.streamrelay.mqtt-demo.cfg"
    })
    void showsTheDefaultsOfTheMetatypeInItsComments(String bundle, String pid, String file) throws Exception {
        Map<String, String> known = Metatype.ofBundle(bundle, pid).defaults();

        commentedDefaultsOf(CONFIG.resolve(file)).forEach((key, value) -> assertEquals(known.get(key), value, key));
    }

    /** The third column of README's table of files. */
    @ParameterizedTest
    @CsvSource({
        "gossip, io.streamrelay.node, io.streamrelay.node.cfg",
        "gossip, io.streamrelay.subcluster, io.streamrelay.subcluster-NAME.cfg",
        "mqtt, io.streamrelay.mqtt, io.streamrelay.mqtt-NAME.cfg"
    })
    void listsTheKeysOfTheMetatypeInReadme(String bundle, String pid, String file) throws Exception {
        String row = Files.readString(README)
                .lines()
                .filter(line -> line.startsWith("| [" + file + "]"))
                .findFirst()
                .orElseThrow();
        Set<String> listed =
                CODE.matcher(row).results().map(code -> code.group(1)).collect(toSet());

        assertEquals(Metatype.ofBundle(bundle, pid).defaults().keySet(), listed);
    }

    private static Map<String, String> keysOf(Path file) throws IOException {
        return read(file, false);
    }

    private static Map<String, String> commentedDefaultsOf(Path file) throws IOException {
        return read(file, true);
    }

    private static Map<String, String> read(Path file, boolean commentsOnly) throws IOException {
        Map<String, String> keys = new TreeMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !commentsOnly || line.startsWith("#"))
                    .map(KEY::matcher)
                    .filter(Matcher::matches)
                    .forEach(matcher ->
                            keys.put(matcher.group(1), matcher.group(2).trim()));
        }
        return keys;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in README.md is the one that a test runs. */
class ReadmeCodeTest {

    private static final Path PROGRAM =
            Path.of("bundles/gossip/src/test/java/io/streamrelay/gossip/hello/HelloWorld.java");

    private static final Path ASKING =
            Path.of("bundles/gossip/src/test/java/io/streamrelay/gossip/node/AskingAround.java");

    private static String read(Path file) throws IOException {
        return Files.readString(House.located().root().resolve(file));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from)).strip();
    }

    @Test
    void showsTheHelloWorldThatIsTested() throws IOException {
        String tested = between(read(PROGRAM), "// begin: hello world\n", "// end: hello world");
        String shown = between(read(Path.of("README.md")), "```java\n", "```");
        assertEquals(tested, shown, "README.md: copy the marked part of " + PROGRAM + " into the java block");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "ask"})
    void showsTheQuestionsThatAreTested(String mark) throws IOException {
        String text = read(ASKING);
        int from = text.indexOf("// begin: " + mark + "\n") + mark.length() + 11;
        String tested = text.substring(from, text.lastIndexOf('\n', text.indexOf("// end: " + mark)))
                .stripIndent();
        assertTrue(
                read(Path.of("README.md")).contains("```java\n" + tested + "\n```"),
                "README.md: copy the part of " + ASKING + " that is marked " + mark + " into a java block");
    }
}

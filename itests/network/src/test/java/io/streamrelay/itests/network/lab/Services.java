// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Small programs that run until the namespace that they are in is closed. */
final class Services {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();

    private Services() {}

    /** The file of one of our scripts. */
    static String script(String name) {
        return SCRIPTS.resolve(name).toString();
    }

    /** Starts a command that says one line when it is up, and returns that line. */
    static String start(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException(String.join(" ", command) + " ended before it was up");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

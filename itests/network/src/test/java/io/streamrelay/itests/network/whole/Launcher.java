// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ./gateway} gives to the virtual machine unless its user says otherwise. */
final class Launcher {

    private static final Path FILE = Path.of("..", "..", "gateway");
    private static final Pattern OPTIONS = Pattern.compile("JAVA_OPTS=\\$\\{JAVA_OPTS:-([^}]*)}");

    private Launcher() {}

    static List<String> javaOptions() {
        try {
            Matcher options = OPTIONS.matcher(Files.readString(FILE));
            if (!options.find()) {
                throw new IllegalStateException("./gateway has no default JAVA_OPTS any more: look there, mend this");
            }
            return List.of(options.group(1).split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

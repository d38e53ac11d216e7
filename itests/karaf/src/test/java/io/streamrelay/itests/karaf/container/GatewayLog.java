// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The log of the distribution under test, from a moment on. */
final class GatewayLog {

    private final Path file = Path.of(System.getProperty("karaf.log"), "streamrelay.log");
    private final int from;

    GatewayLog() throws IOException {
        from = Files.readString(file).length();
    }

    String text() throws IOException {
        return Files.readString(file).substring(from);
    }

    /** Whether a bridge of that name has connected to its broker. */
    boolean connected(String bridge) throws IOException {
        return text().lines()
                .anyMatch(line -> line.contains("MQTT bridge '" + bridge + "' at ") && line.contains(": connected "));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a secret setting really stands: in the setting itself, behind {@code file:/path}, or {@code env:NAME}. */
public final class Secrets {

    private Secrets() {}

    /**
     * Follows a secret to its value, without the line end of a file.
     *
     * @throws ConfigurationException naming the key and the place, never the value
     */
    public static String reveal(String key, String configured) {
        if (configured.startsWith("file:")) {
            String path = configured.substring("file:".length());
            try {
                return Files.readString(Path.of(path)).stripTrailing();
            } catch (IOException | InvalidPathException e) {
                throw new ConfigurationException(key, "the file " + path + " cannot be read: " + e);
            }
        }
        if (configured.startsWith("env:")) {
            String name = configured.substring("env:".length());
            String value = System.getenv(name);
            if (value == null) {
                throw new ConfigurationException(key, "the environment variable " + name + " is not set");
            }
            return value;
        }
        return configured;
    }
}

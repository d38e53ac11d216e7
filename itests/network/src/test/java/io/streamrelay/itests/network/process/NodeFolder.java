// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a node of a lab has its identity and its store: below the module's target/, new in each run. */
public final class NodeFolder {

    private NodeFolder() {}

    public static String fresh(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "nodes"));
            return Files.createTempDirectory(parent, name).toAbsolutePath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

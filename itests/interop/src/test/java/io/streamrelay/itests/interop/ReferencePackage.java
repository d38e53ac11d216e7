// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The reference implementation as npm delivers it, installed in this module's folder when it is not there yet. */
public final class ReferencePackage {

    private static final Path MARK = Path.of("itests", "interop", "package-lock.json");
    private static final int NODE_MAJOR_MIN = 20;

    private final Path directory;

    private ReferencePackage(Path directory) {
        this.directory = directory;
    }

    /**
     * Finds the package and installs what its lock file names; the network is needed when the lock file has changed.
     *
     * @throws IllegalStateException saying what to install, when Node or npm is missing
     */
    public static synchronized ReferencePackage installed() {
        ReferencePackage reference = new ReferencePackage(locate());
        reference.requireNode();
        if (!reference.isInstalled()) {
            reference.run(List.of("npm", "ci"));
        }
        return reference;
    }

    /** How to start the script of {@code src/test/js} with that name. */
    public ProcessBuilder node(String script) {
        return new ProcessBuilder(
                "node",
                directory
                        .resolve("src")
                        .resolve("test")
                        .resolve("js")
                        .resolve(script)
                        .toString());
    }

    private static Path locate() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(MARK))) {
                return folder.resolve(MARK).getParent();
            }
        }
        throw new IllegalStateException(MARK + " is in no folder above " + start + "; run inside the checkout");
    }

    private void requireNode() {
        String version = run(List.of("node", "--version")).strip();
        int major = Integer.parseInt(version.substring(1, version.indexOf('.')));
        if (major < NODE_MAJOR_MIN) {
            throw new IllegalStateException("Node " + NODE_MAJOR_MIN + " or later runs the reference peer; this is "
                    + version + ": install it");
        }
    }

    private boolean isInstalled() {
        Path installed = directory.resolve("node_modules").resolve(".package-lock.json");
        try {
            return Files.exists(installed)
                    && Files.getLastModifiedTime(installed)
                                    .compareTo(Files.getLastModifiedTime(directory.resolve("package-lock.json")))
                            >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "'" + command.get(0) + "' cannot be started: install Node " + NODE_MAJOR_MIN
                            + " or later with npm (Debian: apt-get install nodejs npm)",
                    e);
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + String.join(" ", command), e);
        }
    }
}

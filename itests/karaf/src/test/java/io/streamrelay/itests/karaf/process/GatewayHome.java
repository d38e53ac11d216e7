// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder of one gateway, with what a user would write into its etc/ before the first start. */
public record GatewayHome(Path directory) {

    private static final String NODE = "io.streamrelay.node";
    private static final String ALONE = "lanDiscovery = false";

    /**
     * A home of that name below the module's target/ with nothing in it, but that its gateway does not look for others on
     * the local network, where those of other tests are; {@link #configure} changes that.
     */
    public static GatewayHome fresh(String name) throws IOException {
        return absent(name).configure(NODE, ALONE);
    }

    /** A home of that name that does not exist yet. */
    public static GatewayHome absent(String name) throws IOException {
        Path directory = Path.of("target", "homes", name).toAbsolutePath();
        if (Files.exists(directory)) {
            deleteTree(directory);
        }
        return new GatewayHome(directory);
    }

    /** Writes a configuration file, or replaces it. */
    public GatewayHome configure(String pid, String... lines) throws IOException {
        Path etc = Files.createDirectories(directory.resolve("etc"));
        String text = String.join("\n", lines) + "\n";
        boolean looks = !pid.equals(NODE) || text.contains("lanDiscovery");
        Files.writeString(etc.resolve(pid + ".cfg"), looks ? text : text + ALONE + "\n");
        return this;
    }

    public Path log() {
        return directory.resolve("log").resolve("streamrelay.log");
    }

    private static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

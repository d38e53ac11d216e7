// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a machine must have and allow to hold a lab. */
public final class LabNeeds {

    /** The commands that a lab calls, and the Debian package that has each. */
    private static final Map<String, String> TOOLS =
            new TreeMap<>(Map.of("ip", "iproute2", "mkfs.ext4", "e2fsprogs", "nft", "nftables", "python3", "python3"));

    private LabNeeds() {}

    /** What this one lacks, in one sentence; empty when it can hold a lab. */
    public static Optional<String> lacking() {
        List<String> missing = TOOLS.entrySet().stream()
                .filter(tool -> !isInstalled(tool.getKey()))
                .map(tool -> tool.getKey() + " (Debian: apt-get install " + tool.getValue() + ")")
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("the network lab lacks " + String.join(" and ", missing));
        }
        return isRoot() ? refusal() : Optional.of("the network lab makes network namespaces and must be root");
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /** Root of a container may lack the right. */
    private static Optional<String> refusal() {
        try {
            Namespace.create(LabName.ofThisJvm("trial").of("alone")).close();
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("the network lab makes network namespaces: "
                    + e.getMessage().strip());
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }
}

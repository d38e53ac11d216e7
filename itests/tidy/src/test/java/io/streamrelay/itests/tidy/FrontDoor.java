// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a newcomer sees first: the top-level names and the head of README.md. */
record FrontDoor(House house) {

    private static final Set<String> PLANNED = Set.of(
            "pom.xml",
            "gateway",
            "README.md",
            "LICENSE",
            "bundles",
            "features",
            "config",
            "itests",
            "kura-deploy",
            "NOTICE",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md");

    /** How far down the two commands may stand: what fits a screen. */
    private static final int HEAD_LINES = 30;

    List<String> strangers() {
        return house.topLevelNames().stream()
                .filter(name -> !PLANNED.contains(name))
                .map(name -> name + " is no planned top-level name: move it beside what it explains or serves")
                .toList();
    }

    /** README.md begins with how to start a gateway and how to run the tests. */
    List<String> missingCommands() {
        List<String> head = codeLines(readme());
        List<String> missing = new ArrayList<>();
        if (head.stream().noneMatch(line -> line.startsWith("./gateway"))) {
            missing.add("README.md: show ./gateway in a code block within the first " + HEAD_LINES + " lines");
        }
        if (head.stream().noneMatch(line -> line.startsWith("mvn ") && line.contains("verify"))) {
            missing.add("README.md: show mvn verify in a code block within the first " + HEAD_LINES + " lines");
        }
        return missing;
    }

    private static List<String> codeLines(Stream<String> text) {
        List<String> code = new ArrayList<>();
        boolean inside = false;
        for (String line : text.limit(HEAD_LINES).toList()) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (inside) {
                code.add(line.strip());
            }
        }
        return code;
    }

    private Stream<String> readme() {
        Path readme = house.root().resolve("README.md");
        try {
            return Files.exists(readme) ? Files.readString(readme).lines() : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

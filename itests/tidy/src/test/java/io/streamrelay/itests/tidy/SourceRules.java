// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What source files must and must not hold. Each rule answers with what is wrong and how to mend it. */
record SourceRules(House house) {

    private static final List<String> HEADER =
            List.of("// SPDX-FileCopyrightText: The Streamrelay authors", "// SPDX-License-Identifier: Apache-2.0");

    /** Spelt in two parts, or this file would break its own rule. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    private static final Pattern PARAGRAPH = Pattern.compile("(?s)/\\*\\*.*\\w.*\\*/\\s*(@\\S+\\s+)*package ");
    private static final Path JAVA_ROOT = Path.of("java");

    /** The cap that no class needs: style.md aims at 300. */
    private static final int LINES_MAX = 500;

    List<String> missingHeaders() {
        return house.files(".java").stream()
                .filter(file -> !lines(file).limit(HEADER.size()).toList().equals(HEADER))
                .map(file -> name(file) + " lacks the two SPDX lines: run mvn spotless:apply")
                .toList();
    }

    List<String> unfinishedMarks() {
        List<String> found = new ArrayList<>();
        for (Path file : house.files(".java", ".xml", ".md", ".mjs", ".cfg")) {
            lines(file)
                    .filter(line -> UNFINISHED.matcher(line).find())
                    .forEach(line -> found.add(name(file) + ": do it now or leave the mark out: " + line.strip()));
        }
        return found;
    }

    List<String> longFiles() {
        return house.files(".java").stream()
                .filter(file -> lines(file).count() > LINES_MAX)
                .map(file -> name(file) + " has over " + LINES_MAX + " lines: split it by its reasons to change")
                .toList();
    }

    /** Packages, of main or test code of a module, that no package-info.java of that module describes in words. */
    List<String> undescribedPackages() {
        Map<String, Boolean> described = new TreeMap<>();
        for (Path file : house.files(".java")) {
            described.merge(packageOf(file), isDescription(file), Boolean::logicalOr);
        }
        return described.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(entry -> entry.getKey() + " lacks a package-info.java with a paragraph: say what it is for")
                .toList();
    }

    private static boolean isDescription(Path file) {
        return file.endsWith("package-info.java")
                && PARAGRAPH.matcher(text(file)).find();
    }

    /** The module's folder and the package's, such as {@code bundles/api io/streamrelay/api}. */
    private String packageOf(Path file) {
        Path relative = house.root().relativize(file.getParent());
        for (int i = 2; i < relative.getNameCount(); i++) {
            if (relative.getName(i).equals(JAVA_ROOT)) {
                return relative.subpath(0, i - 2) + " " + relative.subpath(i + 1, relative.getNameCount());
            }
        }
        return relative.toString();
    }

    private String name(Path file) {
        return house.root().relativize(file).toString();
    }

    private static Stream<String> lines(Path file) {
        return text(file).lines();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

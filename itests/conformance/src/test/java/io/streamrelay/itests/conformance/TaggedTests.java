// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the tests with a tag {@code case-N} in the sources of all modules, for none has all of them on its path. */
final class TaggedTests {

    private static final Path SOURCES = Path.of("src", "test", "java");

    private static final Pattern TAG_OR_NAME = Pattern.compile(
            "@Tag\\(\"case-(\\d+)\"\\)|^(?:\\w+ )*class (\\w+)|^    (?:\\w+ )*void (\\w+)\\(", Pattern.MULTILINE);

    private TaggedTests() {}

    /** @param checkout the folder with all modules */
    static List<TaggedTest> in(Path checkout) {
        try (Stream<Path> files = Files.walk(checkout)) {
            return files.filter(TaggedTests::isTestSource)
                    .sorted()
                    .flatMap(file -> of(read(file), className(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java")
                && path.contains(SOURCES.toString())
                && !path.contains(Path.of("/", "target", "/").toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path file) {
        String path = file.toString();
        String relative = path.substring(
                path.lastIndexOf(SOURCES.toString()) + SOURCES.toString().length() + 1);
        return relative.substring(0, relative.length() - ".java".length())
                .replace(file.getFileSystem().getSeparator(), ".");
    }

    /** A tag belongs to the first class or method that follows. */
    static List<TaggedTest> of(String source, String className) {
        List<TaggedTest> found = new ArrayList<>();
        List<Integer> tags = new ArrayList<>();
        Matcher matcher = TAG_OR_NAME.matcher(source);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                tags.add(Integer.valueOf(matcher.group(1)));
            } else {
                String method = matcher.group(3);
                tags.forEach(tag -> found.add(new TaggedTest(tag, className, method)));
                tags.clear();
            }
        }
        return found;
    }
}

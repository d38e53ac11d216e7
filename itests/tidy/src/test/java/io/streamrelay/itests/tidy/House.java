// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checkout that these tests run in. */
record House(Path root) {

    static final String ROOT_PACKAGE = "io.streamrelay";

    private static final Path MARK = Path.of("bundles", "pom.xml");
    private static final Set<String> BUILT = Set.of("target", "node_modules");

    static House located() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(MARK))) {
                return new House(folder);
            }
        }
        throw new IllegalStateException(MARK + " is in no folder above " + start + "; run inside the checkout");
    }

    /** The main classes of every bundle, as they were built. */
    static JavaClasses mainClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/io/streamrelay/itests/"))
                .importPackages(ROOT_PACKAGE);
    }

    /** The names of the folders that hold a bundle each, sorted. */
    List<String> bundles() {
        return names(root.resolve("bundles"))
                .filter(name ->
                        Files.exists(root.resolve("bundles").resolve(name).resolve("pom.xml")))
                .sorted()
                .toList();
    }

    /** What stands at the top, dot-files and what builds leave aside. */
    List<String> topLevelNames() {
        return names(root)
                .filter(name -> !name.startsWith(".") && !BUILT.contains(name))
                .sorted()
                .toList();
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file with one of these endings, hidden folders and what builds leave aside; sorted. */
    List<Path> files(String... endings) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return isLeftAside(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(files);
        return files;
    }

    private boolean isLeftAside(Path folder) {
        String name = folder.getFileName().toString();
        return !folder.equals(root) && (name.startsWith(".") || BUILT.contains(name));
    }
}

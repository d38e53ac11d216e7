// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRulesTest {

    private static final SourceRules HOUSE = new SourceRules(House.located());
    private static final List<String> NOTHING = List.of();
    private static final String HEADER =
            "// SPDX-FileCopyrightText: The Streamrelay authors\n// SPDX-License-Identifier: Apache-2.0\n";

    @TempDir
    Path folder;

    private SourceRules with(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return new SourceRules(new House(folder));
    }

    @Test
    void everyFileHasItsHeader() {
        assertEquals(NOTHING, HOUSE.missingHeaders());
    }

    @Test
    void nothingIsMarkedUnfinished() {
        assertEquals(NOTHING, HOUSE.unfinishedMarks());
    }

    @Test
    void noFileIsTooLong() {
        assertEquals(NOTHING, HOUSE.longFiles());
    }

    @Test
    void everyPackageIsDescribed() {
        assertEquals(NOTHING, HOUSE.undescribedPackages());
    }

    @Test
    void refusesMissingHeader() throws IOException {
        assertEquals(
                1,
                with("m/src/main/java/p/A.java", "package p;\n")
                        .missingHeaders()
                        .size());
        assertEquals(
                NOTHING,
                with("m/src/main/java/p/A.java", HEADER + "package p;\n").missingHeaders());
    }

    @Test
    void refusesUnfinishedMarks() throws IOException {
        assertEquals(
                1, with("m/A.java", "// FIX" + "ME later\n").unfinishedMarks().size());
        assertEquals(
                1, with("m/A.java", "// TO" + "DO later\n").unfinishedMarks().size());
        assertEquals(NOTHING, with("m/A.java", "// later\n").unfinishedMarks());
    }

    @Test
    void refusesLongFiles() throws IOException {
        assertEquals(NOTHING, with("m/A.java", "\n".repeat(500)).longFiles());
        assertEquals(1, with("m/A.java", "\n".repeat(501)).longFiles().size());
    }

    @Test
    void refusesPackageWithoutDescription() throws IOException {
        List<String> missing = List.of("m io/p lacks a package-info.java with a paragraph: say what it is for");
        assertEquals(
                missing, with("m/src/main/java/io/p/A.java", "package io.p;\n").undescribedPackages());
        assertEquals(
                missing,
                with("m/src/main/java/io/p/package-info.java", "package io.p;\n")
                        .undescribedPackages());
        String described = "/** What it is for. */\n@Export\n@Version(\"1.0.0\")\npackage io.p;\n";
        assertEquals(
                NOTHING,
                with("m/src/main/java/io/p/package-info.java", described).undescribedPackages());
    }

    @Test
    void testsShareTheDescriptionOfWhatTheyTest() throws IOException {
        with("m/src/main/java/p/package-info.java", "/** What it is for. */\npackage p;\n");
        assertEquals(
                NOTHING, with("m/src/test/java/p/ATest.java", "package p;\n").undescribedPackages());
    }

    @Test
    void leavesAsideWhatBuildsMade() throws IOException {
        assertEquals(NOTHING, with("m/target/generated/A.java", "package p;\n").missingHeaders());
        assertEquals(NOTHING, with(".hidden/A.java", "package p;\n").missingHeaders());
    }
}

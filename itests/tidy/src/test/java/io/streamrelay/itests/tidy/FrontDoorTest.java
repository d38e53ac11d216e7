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

class FrontDoorTest {

    private static final FrontDoor HOUSE = new FrontDoor(House.located());
    private static final List<String> NOTHING = List.of();

    @TempDir
    Path folder;

    private List<String> missingIn(String readme) throws IOException {
        Files.writeString(folder.resolve("README.md"), readme);
        return new FrontDoor(new House(folder)).missingCommands();
    }

    @Test
    void topLevelNamesAreThePlannedOnes() {
        assertEquals(NOTHING, HOUSE.strangers());
    }

    @Test
    void readmeBeginsWithItsTwoCommands() {
        assertEquals(NOTHING, HOUSE.missingCommands());
    }

    @Test
    void refusesUnplannedNames() throws IOException {
        Files.createFile(folder.resolve("LICENSE"));
        Files.createFile(folder.resolve(".gitignore"));
        Files.createDirectory(folder.resolve("target"));
        Files.createDirectory(folder.resolve("util"));
        assertEquals(
                List.of("util is no planned top-level name: move it beside what it explains or serves"),
                new FrontDoor(new House(folder)).strangers());
    }

    @Test
    void refusesMissingReadme() {
        assertEquals(2, new FrontDoor(new House(folder)).missingCommands().size());
    }

    @Test
    void refusesReadmeWithoutACommandInItsFirstLines() throws IOException {
        assertEquals(NOTHING, missingIn("# S\n```sh\n./gateway   # start\nmvn verify\n```\n"));
        assertEquals(1, missingIn("# S\n```sh\n./gateway\n```\n").size());
        assertEquals(1, missingIn("# S\n```sh\nmvn -B verify\n```\n").size());
        assertEquals(2, missingIn("# S\nType ./gateway, then mvn verify\n").size());
        assertEquals(
                2,
                missingIn("# S\n" + "\n".repeat(30) + "```sh\n./gateway\nmvn verify\n```\n")
                        .size());
    }
}

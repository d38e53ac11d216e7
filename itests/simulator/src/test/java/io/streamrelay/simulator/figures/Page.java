// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of Markdown, which are printed as they come. */
final class Page {

    private final List<String> lines = new ArrayList<>();

    void table(String... headings) {
        say("");
        row((Object[]) headings);
        say("|---" + "|--:".repeat(headings.length - 1) + "|");
    }

    void row(Object... cells) {
        say(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
    }

    void say(String line) {
        System.out.println(line);
        lines.add(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}

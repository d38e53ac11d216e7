// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table of texts: columns as wide as what is in them, numbers to the right. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<Object>> rows = new ArrayList<>();

    private TextTable(List<String> header) {
        this.header = header;
    }

    /** A table with no rows yet. */
    public static TextTable of(String... header) {
        return new TextTable(List.of(header));
    }

    /** Adds a row; null is an empty cell, and numbers are aligned to the right. */
    public TextTable row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
        }
        rows.add(Stream.of(cells).map(cell -> cell == null ? "" : cell).toList());
        return this;
    }

    /** The header and the rows; one line that says so when there are none. */
    public List<String> lines(String whenEmpty) {
        if (rows.isEmpty()) {
            return List.of(whenEmpty);
        }
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(List.copyOf(header), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths() {
        int[] widths = header.stream().mapToInt(String::length).toArray();
        for (List<Object> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).toString().length());
            }
        }
        return widths;
    }

    private String line(List<Object> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cells.get(i).toString();
            String blanks = " ".repeat(widths[i] - text.length());
            boolean right = rows.stream().map(List::toArray).allMatch(isNumberAt(i));
            line.append(i == 0 ? "" : GAP).append(right ? blanks + text : text + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static java.util.function.Predicate<Object[]> isNumberAt(int column) {
        return row -> row[column] instanceof Number;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rows, in their order: lines of {@code row | title | pass value | claim}. The claim is empty, or the parts that it
 * takes ({@code parts: 1 h; 24 h}), or what it lacks ({@code not claimed: needs …}).
 */
final class Criteria {

    private static final String PARTS = "parts:";
    private static final String NOT_CLAIMED = "not claimed:";
    private static final int COLUMNS = 4;

    private Criteria() {}

    /** Those of this project, by row. */
    static Map<String, Criterion> all() {
        try (InputStream in = Criteria.class.getResourceAsStream("/field-criteria.txt")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Criterion> parse(String text) {
        Map<String, Criterion> criteria = new LinkedHashMap<>();
        text.lines().filter(line -> line.contains("|")).map(Criteria::criterion).forEach(criterion -> {
            if (criteria.put(criterion.row(), criterion) != null) {
                throw new IllegalArgumentException("row " + criterion.row() + " is there twice");
            }
        });
        return criteria;
    }

    private static Criterion criterion(String line) {
        String[] columns =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(COLUMNS + " columns, not " + columns.length + ": " + line);
        }
        String claim = columns[3];
        List<String> parts = claim.startsWith(PARTS)
                ? Arrays.stream(claim.substring(PARTS.length()).split(";"))
                        .map(String::strip)
                        .toList()
                : List.of(Criterion.WHOLE);
        String needs = claim.startsWith(NOT_CLAIMED)
                ? claim.substring(NOT_CLAIMED.length()).strip()
                : "";
        return new Criterion(columns[0], columns[1], columns[2], parts, needs);
    }
}

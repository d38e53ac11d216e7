// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import io.streamrelay.itests.network.lab.NatKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of all pairs, as a table in Markdown. Thread-safe. */
final class CrossingTable {

    private final String corner;
    private final Map<Pair, Crossing> crossings = new ConcurrentHashMap<>();

    /** @param corner what rows and columns are */
    CrossingTable(String corner) {
        this.corner = corner;
    }

    void add(Pair pair, Crossing crossing) {
        crossings.put(pair, crossing);
    }

    List<String> lines() {
        String rule = "|---".repeat(1 + NatKind.values().length) + "|";
        Stream<String> body =
                Stream.of(NatKind.values()).map(left -> row(left.label(), right -> cell(new Pair(left, right))));
        return Stream.concat(Stream.of(row(corner, NatKind::label), rule), body).toList();
    }

    private static String row(String name, Function<NatKind, String> cell) {
        return Stream.of(NatKind.values()).map(cell).collect(Collectors.joining(" | ", "| " + name + " | ", " |"));
    }

    private String cell(Pair pair) {
        return Optional.ofNullable(crossings.get(pair)).map(Crossing::text).orElse("failed");
    }
}

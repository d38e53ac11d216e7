// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The consumers' names and the numbers that stand for them, as the writer changes them. */
final class ConsumerTable {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Undo undo;
    private final Statements statements;
    private int next = 1;

    private volatile Map<String, Integer> committed = Map.of();

    ConsumerTable(Statements statements, Undo undo) {
        this.statements = statements;
        this.undo = undo;
    }

    void load(DamagedRows damaged) throws SQLException {
        try (ResultSet rows = statements.of(ConsumerRow.SELECT + " ORDER BY no").executeQuery()) {
            while (rows.next()) {
                ConsumerRow row = ConsumerRow.read(rows);
                if (!row.isSound() || numbers.putIfAbsent(row.name(), row.no()) != null) {
                    damaged.add("consumers", "no", row.no());
                }
                next = Math.max(next, row.no() + 1);
            }
        }
    }

    /**
     * Gives consumers that the database has lost their rows back, with their numbers as far as these are free: then what
     * waits for them is theirs again.
     *
     * @return the names of those that were lost
     */
    static List<String> restore(Connection connection, Map<String, Integer> numbers) throws SQLException {
        Map<Integer, String> there = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(ConsumerRow.SELECT);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ConsumerRow row = ConsumerRow.read(rows);
                if (row.isSound()) {
                    there.put(row.no(), row.name());
                }
            }
        }
        List<String> lost = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(ConsumerRow.REPLACE)) {
            for (Map.Entry<String, Integer> known : numbers.entrySet()) {
                if (!there.containsValue(known.getKey())) {
                    int no = there.containsKey(known.getValue())
                            ? Collections.max(there.keySet()) + 1
                            : known.getValue();
                    there.put(no, known.getKey());
                    ConsumerRow.of(no, known.getKey()).bind(insert);
                    insert.executeUpdate();
                    lost.add(known.getKey());
                }
            }
        }
        return lost;
    }

    /** The consumer's number; it gets one when it has none. */
    int number(String name) throws SQLException {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (next > DeliveryRow.CONSUMER_MAX) {
            throw new IllegalArgumentException("a store knows " + DeliveryRow.CONSUMER_MAX + " consumers at the most");
        }
        int no = next++;
        numbers.put(name, no);
        undo.add(() -> numbers.remove(name));
        PreparedStatement insert = statements.of(ConsumerRow.INSERT);
        ConsumerRow.of(no, name).bind(insert);
        insert.executeUpdate();
        return no;
    }

    /** The consumer's number, 0 when it has none. */
    int find(String name) {
        return numbers.getOrDefault(name, 0);
    }

    Map<String, Integer> numbers() {
        return numbers;
    }

    /** Lets others see what is committed. */
    void publish() {
        if (committed.size() != numbers.size()) {
            committed = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        }
    }

    /** The names as committed, in the order in which they came, and what stands for each. */
    Map<String, Integer> committed() {
        return committed;
    }
}

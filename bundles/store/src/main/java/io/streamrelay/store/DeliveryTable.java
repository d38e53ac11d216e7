// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredDelivery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The messages that wait for consumers, as the writer changes them. */
final class DeliveryTable {

    private static final String DELETE = "DELETE FROM deliveries WHERE place = ? RETURNING length(bytes)";
    private static final String LAST = "SELECT max(place) FROM deliveries WHERE place BETWEEN ? AND ?";

    private final ConsumerTable consumers;
    private final QueueSums sums;
    private final Statements statements;

    DeliveryTable(Statements statements, ConsumerTable consumers, QueueSums sums) {
        this.statements = statements;
        this.consumers = consumers;
        this.sums = sums;
    }

    void load(DamagedRows damaged) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        consumers.numbers().forEach((name, no) -> names.put(no, name));
        try (ResultSet rows =
                statements.of(DeliveryRow.SELECT + " ORDER BY place").executeQuery()) {
            while (rows.next()) {
                DeliveryRow row = DeliveryRow.read(rows);
                String consumer = names.get(row.consumer());
                if (row.isSound() && consumer != null) {
                    sums.added(consumer, row.number(), row.bytes().length);
                } else {
                    damaged.add("deliveries", "place", row.place());
                }
            }
        }
    }

    /**
     * Keeps a message; one that is already there is left as it is.
     *
     * @param nowMs node time
     */
    void put(StoredDelivery delivery, long nowMs) throws SQLException {
        int consumer = consumers.number(delivery.consumer());
        long place = DeliveryRow.place(consumer, delivery.number());
        PreparedStatement insert = statements.of(DeliveryRow.INSERT);
        DeliveryRow.of(place, delivery.bytes(), nowMs - delivery.ageMs()).bind(insert);
        if (insert.executeUpdate() > 0) {
            sums.added(delivery.consumer(), delivery.number(), delivery.bytes().length);
        }
    }

    void remove(String consumer, long number) throws SQLException {
        int no = consumers.find(consumer);
        if (no == 0) {
            return;
        }
        PreparedStatement delete = statements.of(DELETE);
        delete.setLong(1, DeliveryRow.place(no, number));
        long bytes = -1;
        try (ResultSet removed = delete.executeQuery()) {
            while (removed.next()) {
                bytes = removed.getLong(1);
            }
        }
        if (bytes >= 0) {
            long lastBefore = sums.of(consumer).lastNumber();
            sums.removed(consumer, bytes, number == lastBefore ? lastNumber(no) : lastBefore);
        }
    }

    private long lastNumber(int consumer) throws SQLException {
        PreparedStatement last = statements.of(LAST);
        last.setLong(1, DeliveryRow.place(consumer, 0));
        last.setLong(2, DeliveryRow.place(consumer, DeliveryRow.NUMBER_MAX));
        try (ResultSet place = last.executeQuery()) {
            return place.next() ? place.getLong(1) & DeliveryRow.NUMBER_MAX : 0;
        }
    }
}

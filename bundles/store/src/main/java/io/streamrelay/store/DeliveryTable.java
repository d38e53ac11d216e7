// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredDelivery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The messages that wait for consumers, as the writer changes them. */
final class DeliveryTable {

    private final ConsumerTable consumers;
    private final QueueSums sums;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final PreparedStatement last;

    DeliveryTable(Connection connection, ConsumerTable consumers, QueueSums sums) throws SQLException {
        this.consumers = consumers;
        this.sums = sums;
        insert = connection.prepareStatement(DeliveryRow.INSERT);
        delete = connection.prepareStatement("DELETE FROM deliveries WHERE place = ? RETURNING length(bytes)");
        last = connection.prepareStatement("SELECT max(place) FROM deliveries WHERE place BETWEEN ? AND ?");
    }

    void load(Connection connection, DamagedRows damaged) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        consumers.numbers().forEach((name, no) -> names.put(no, name));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DeliveryRow.SELECT + " ORDER BY place")) {
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
        sums.publish();
    }

    /**
     * Keeps a message; one that is already there is left as it is.
     *
     * @param nowMs node time
     */
    void put(StoredDelivery delivery, long nowMs) throws SQLException {
        int consumer = consumers.number(delivery.consumer());
        DeliveryRow.of(DeliveryRow.place(consumer, delivery.number()), delivery, nowMs)
                .bind(insert);
        if (insert.executeUpdate() > 0) {
            sums.added(delivery.consumer(), delivery.number(), delivery.bytes().length);
        }
    }

    void remove(String consumer, long number) throws SQLException {
        int no = consumers.find(consumer);
        if (no == 0) {
            return;
        }
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
        last.setLong(1, DeliveryRow.place(consumer, 0));
        last.setLong(2, DeliveryRow.place(consumer, DeliveryRow.NUMBER_MAX));
        try (ResultSet place = last.executeQuery()) {
            return place.next() ? place.getLong(1) & DeliveryRow.NUMBER_MAX : 0;
        }
    }
}

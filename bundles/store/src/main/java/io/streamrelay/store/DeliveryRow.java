// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredDelivery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A message that waits for a consumer.
 *
 * @param place the consumer's number and, in the lower {@link #NUMBER_BITS}, the delivery's: so a queue lies together
 * @param bornMs since when it waits, by node time; negative when that was before the store
 */
record DeliveryRow(long place, byte[] bytes, long bornMs, int crc) implements Row {

    static final int NUMBER_BITS = 40;
    static final long NUMBER_MAX = (1L << NUMBER_BITS) - 1;

    /** So that places stay positive. */
    static final int CONSUMER_MAX = (1 << 62 - NUMBER_BITS) - 1;

    static final String SELECT = "SELECT place, bytes, born_ms, crc FROM deliveries";
    static final String INSERT = "INSERT OR IGNORE INTO deliveries(place, bytes, born_ms, crc) VALUES (?, ?, ?, ?)";

    static DeliveryRow of(long place, byte[] bytes, long bornMs) {
        return new DeliveryRow(place, bytes, bornMs, computedCrc(place, bytes, bornMs));
    }

    static DeliveryRow read(ResultSet row) throws SQLException {
        return new DeliveryRow(row.getLong(1), row.getBytes(2), row.getLong(3), row.getInt(4));
    }

    static long place(int consumer, long number) {
        return (long) consumer << NUMBER_BITS | number;
    }

    private static int computedCrc(long place, byte[] bytes, long bornMs) {
        return new RowCrc().with(place).with(bytes).with(bornMs).value();
    }

    int consumer() {
        return (int) (place >> NUMBER_BITS);
    }

    long number() {
        return place & NUMBER_MAX;
    }

    @Override
    public boolean isSound() {
        return bytes != null && crc == computedCrc(place, bytes, bornMs);
    }

    @Override
    public void bind(PreparedStatement insert) throws SQLException {
        insert.setLong(1, place);
        insert.setBytes(2, bytes);
        insert.setLong(3, bornMs);
        insert.setInt(4, crc);
    }

    /** The message as of now. */
    StoredDelivery toDelivery(String consumer, long nowMs) {
        return new StoredDelivery(consumer, number(), bytes, Math.max(0, nowMs - bornMs));
    }
}

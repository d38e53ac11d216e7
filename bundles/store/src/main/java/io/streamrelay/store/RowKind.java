// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * How rows of one kind are read and written.
 *
 * @param key the name of the first column
 */
record RowKind<R extends Row>(String key, String select, String insert, Reader<R> reader) {

    static final RowKind<PacketRow> PACKETS = new RowKind<>("seq", PacketRow.SELECT, PacketRow.INSERT, PacketRow::read);
    static final RowKind<MarkRow> PASSED_ON = marks("passed_on");
    static final RowKind<MarkRow> DELIVERED = marks("delivered");
    static final RowKind<SeenRow> SEEN = new RowKind<>("seq", SeenRow.SELECT, SeenRow.INSERT, SeenRow::read);
    static final RowKind<ConsumerRow> CONSUMERS =
            new RowKind<>("no", ConsumerRow.SELECT, ConsumerRow.INSERT, ConsumerRow::read);
    static final RowKind<DeliveryRow> DELIVERIES =
            new RowKind<>("place", DeliveryRow.SELECT, DeliveryRow.INSERT, DeliveryRow::read);
    static final RowKind<NoteRow> NOTES = new RowKind<>("key", NoteRow.SELECT, NoteRow.INSERT, NoteRow::read);
    static final RowKind<NoteRow> NUMBERED_NOTES =
            new RowKind<>("no", NoteRow.SELECT_NUMBERED, NoteRow.INSERT, NoteRow::read);

    private static RowKind<MarkRow> marks(String table) {
        return new RowKind<>("seq", MarkRow.select(table), MarkRow.insert(table), MarkRow::read);
    }

    static List<RowKind<?>> all() {
        return List.of(PACKETS, PASSED_ON, DELIVERED, SEEN, CONSUMERS, DELIVERIES, NOTES);
    }

    /** Makes a row of what a query gives. */
    interface Reader<R> {
        R read(ResultSet row) throws SQLException;
    }
}

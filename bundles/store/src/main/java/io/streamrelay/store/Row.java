// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A row of the database with the checksum over its content. */
sealed interface Row permits PacketRow, MarkRow, ConsumerRow, DeliveryRow, NoteRow, ClockRow, SeenRow, LogPositionRow {

    /** Whether this is what was once written. */
    boolean isSound();

    /** Fills in the parameters of the type's {@code INSERT}. */
    void bind(PreparedStatement insert) throws SQLException;
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoreChange;
import java.sql.SQLException;
import java.util.List;

/** What the ledger needs of what it writes to. Called by one thread. */
interface Transactions {

    /** Makes changes, all or none; they are safe when this returns. */
    void write(List<StoreChange> changes) throws SQLException;

    /** Frees what can be freed, while something cannot be written. */
    void relieve() throws SQLException;

    /** Returns when there is room to write something. */
    void probe() throws SQLException;

    /** How long until {@link #attend} has something to do, in nanoseconds. */
    long waitNanos();

    /** Does what has to be done now and then. */
    void attend() throws SQLException;

    void close();
}

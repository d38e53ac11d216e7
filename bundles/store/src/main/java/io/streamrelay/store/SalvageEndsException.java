// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.sql.SQLException;

/** What was read cannot be written; for want of room, for example. */
final class SalvageEndsException extends Exception {

    private static final long serialVersionUID = 1L;

    SalvageEndsException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}

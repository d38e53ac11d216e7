// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

/** A database is in order, but not one that this program may touch. */
final class ForeignDatabaseException extends Exception {

    private static final long serialVersionUID = 1L;

    ForeignDatabaseException(String message) {
        super(message);
    }
}

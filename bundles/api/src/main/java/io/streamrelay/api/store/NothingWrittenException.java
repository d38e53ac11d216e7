// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import java.io.IOException;

/** A commit failed for want of room: nothing that it was to put is in the store, nor will be after a restart. */
public class NothingWrittenException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message what kept it from being written */
    public NothingWrittenException(String message, Throwable cause) {
        super(message, cause);
    }
}

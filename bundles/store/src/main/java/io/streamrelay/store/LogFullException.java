// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;

/** The log has as many blocks as it may have. */
final class LogFullException extends IOException {

    private static final long serialVersionUID = 1;

    LogFullException(String message) {
        super(message);
    }
}

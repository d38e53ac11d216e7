// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import java.io.IOException;
import java.nio.file.Path;

/** A folder already holds a store that is open. */
final class StoreInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    StoreInUseException(Path directory) {
        super("the store in " + directory + " is in use by another node; end that node or choose another folder");
    }
}

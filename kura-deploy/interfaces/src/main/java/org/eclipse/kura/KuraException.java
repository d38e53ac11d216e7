// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura;

/** What went wrong in Kura. */
public class KuraException extends Exception {

    private static final long serialVersionUID = 1L;

    private final KuraErrorCode code;

    public KuraException(KuraErrorCode code, Throwable cause, Object... arguments) {
        super(arguments.length == 0 ? null : String.valueOf(arguments[0]), cause);
        this.code = code;
    }

    public KuraErrorCode getCode() {
        return code;
    }
}

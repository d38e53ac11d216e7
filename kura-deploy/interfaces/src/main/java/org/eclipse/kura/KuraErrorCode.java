// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura;

/** What kind of mistake it was: those that are used here. */
public enum KuraErrorCode {
    CONNECTION_FAILED,
    DECODER_ERROR,
    DISCONNECTION_FAILED,
    ENCODE_ERROR,
    INVALID_PARAMETER,
    NOT_CONNECTED,
    STORE_ERROR
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.web;

/** Knows who may see the page. Thread-safe. */
interface Login {

    /** Whether this is such a user and his password. It may take its time. */
    boolean admits(Credentials credentials);
}

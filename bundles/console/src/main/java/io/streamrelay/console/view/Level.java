// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

/** How bad something is. */
public enum Level {
    OK,
    /** It works, and somebody should look at it. */
    WATCH,
    /** It does not do what it is for. */
    BAD
}

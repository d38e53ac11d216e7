// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.jmx;

/**
 * A bean that shows something that changes.
 *
 * @param <T> what it shows
 */
interface Shown<T> {

    /** Shows it as it is now. */
    void show(T next);
}

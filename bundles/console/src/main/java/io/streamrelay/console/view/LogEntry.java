// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

/**
 * A change of state.
 *
 * @param number counts all entries since the console began
 * @param atMs when, in milliseconds since 1970
 * @param level how bad it is
 * @param text what has changed, in one line
 */
public record LogEntry(long number, long atMs, Level level, String text) {}

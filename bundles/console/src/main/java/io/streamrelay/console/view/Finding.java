// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.view;

/**
 * What one look has shown.
 *
 * @param check what was looked at
 * @param level how it is
 * @param text what was found, in one line
 * @param advice what to do, or empty when there is nothing to do
 */
public record Finding(Check check, Level level, String text, String advice) {

    static Finding ok(Check check, String text) {
        return new Finding(check, Level.OK, text, "");
    }
}

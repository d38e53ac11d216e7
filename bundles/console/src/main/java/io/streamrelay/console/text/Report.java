// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import java.util.List;

/** What a command tells: lines for people, and the same as an object for programs. */
public interface Report {

    /** For a terminal, each without its line end. */
    List<String> lines();

    /** For {@code --json}: records, lists, maps, texts and numbers. */
    Object data();

    /** What is printed. */
    default List<String> print(boolean json) {
        return json ? Json.indented(data()) : lines();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The part of a Markdown file that a run writes.
 *
 * @param begin the line before it
 * @param end the line after it
 */
public record MarkedPart(Path file, String begin, String end) {

    /** Replaces it; everything else of the file stays. */
    public void write(List<String> lines) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(begin + "\n");
        int to = text.indexOf(end + "\n");
        if (from < 0 || to < from) {
            throw new IllegalStateException(file + " lacks '" + begin + "' and '" + end + "', each a line");
        }
        Files.writeString(
                file,
                text.substring(0, from) + begin + "\n\n" + String.join("\n", lines) + "\n\n" + text.substring(to));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import java.util.Collection;
import java.util.List;

/** Ids as a person reads and types them: by their first digits. */
public final class Ids {

    private static final int SHORT = 8;

    private Ids() {}

    /** The first eight digits. */
    public static String brief(String id) {
        return id == null || id.length() <= SHORT ? id : id.substring(0, SHORT);
    }

    /**
     * The one id that begins so.
     *
     * @param what what the ids are, as {@code peer}
     * @throws IllegalArgumentException when it is none or several
     */
    public static String find(String what, String begin, Collection<String> ids) {
        List<String> found = ids.stream()
                .filter(id -> id.startsWith(begin.toLowerCase(java.util.Locale.ROOT)))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "no " + what + " begins with " + Printable.text(begin)
                            : found.size() + " of " + what + " begin with " + begin + "; give more digits");
        }
        return found.get(0);
    }
}

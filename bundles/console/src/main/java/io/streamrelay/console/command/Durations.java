// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a time as configurations have it. */
final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,7})\\s*([smhd])");

    private Durations() {}

    /** @throws IllegalArgumentException naming what it is for, the text and what is allowed */
    static Duration parse(String what, String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    what + ": '" + text + "' is not allowed; a number and s, m, h or d, as in 12h or 7d, is");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}

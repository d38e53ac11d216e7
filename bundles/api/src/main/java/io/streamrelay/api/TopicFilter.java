// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

import java.nio.charset.StandardCharsets;

/** The rules of MQTT 5 section 4.7 for topic names and topic filters. */
public final class TopicFilter {

    /** The longest topic or filter in bytes of UTF-8: MQTT writes the length in two bytes. */
    private static final int BYTES_MAX = 65535;

    private TopicFilter() {}

    /** Whether a text may be published to. */
    public static boolean isTopic(String text) {
        return isText(text) && text.indexOf('+') < 0 && text.indexOf('#') < 0;
    }

    /** Whether a text may be subscribed to. */
    public static boolean isFilter(String text) {
        if (!isText(text)) {
            return false;
        }
        String[] levels = levels(text);
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            boolean wildcard = level.equals("+") || level.equals("#") && i == levels.length - 1;
            if (!wildcard && (level.indexOf('+') >= 0 || level.indexOf('#') >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(String text) {
        return !text.isEmpty() && text.indexOf('\0') < 0 && text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
    }

    /** Whether a topic is one that the filter subscribes to; wildcards do not reach topics that begin with $. */
    public static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && !filter.startsWith("$")) {
            return false;
        }
        return covers(levels(filter), levels(topic));
    }

    /** Whether every topic of one filter is a topic of another. */
    public static boolean covers(String filter, String narrower) {
        return filter.equals(narrower)
                || narrower.startsWith("$") == filter.startsWith("$") && covers(levels(filter), levels(narrower));
    }

    private static boolean covers(String[] filter, String[] levels) {
        for (int i = 0; i < filter.length; i++) {
            if (filter[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || levels[i].equals("#")) {
                return false;
            }
            if (!filter[i].equals("+") && !filter[i].equals(levels[i])) {
                return false;
            }
        }
        return filter.length == levels.length;
    }

    /** Whether some topic is one of both filters. */
    public static boolean overlap(String one, String other) {
        String[] a = levels(one);
        String[] b = levels(other);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            if (i < a.length && a[i].equals("#") || i < b.length && b[i].equals("#")) {
                return true;
            }
            // The parent level is one of # after it.
            if (i >= a.length || i >= b.length) {
                return false;
            }
            if (!a[i].equals("+") && !b[i].equals("+") && !a[i].equals(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static String[] levels(String text) {
        return text.split("/", -1);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.link;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/**
 * A topic in which names stand for what a message says.
 *
 * @param text with names such as {@code $assetName}
 */
public record TopicTemplate(String text) {

    private static final Pattern NAME = Pattern.compile("\\$([A-Za-z0-9_.-]+)");

    /**
     * Fills it in.
     *
     * @param properties the message's, which come before its metrics
     * @throws KuraException when a name stands for nothing
     */
    public String fill(Map<String, Object> properties, Map<String, Object> metrics) throws KuraException {
        Matcher names = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (names.find()) {
            String name = names.group(1);
            Object value = properties.containsKey(name) ? properties.get(name) : metrics.get(name);
            if (value == null) {
                throw new KuraException(
                        KuraErrorCode.INVALID_PARAMETER,
                        null,
                        "topic " + text + ": the message has neither a property nor a metric " + name);
            }
            names.appendReplacement(filled, Matcher.quoteReplacement(value.toString()));
        }
        return names.appendTail(filled).toString();
    }
}

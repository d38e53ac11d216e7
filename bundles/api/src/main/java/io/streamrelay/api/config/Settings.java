// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.config;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of one configuration, as ConfigAdmin, a file or Kura hands them over: numbers may be texts, lists
 * may be arrays, collections or comma-separated texts, and keys may be missing or null. Two settings are equal when
 * they say the same.
 */
public final class Settings {

    private final Map<String, Object> values = new TreeMap<>();

    /** Takes over what a component was activated with; the framework's own keys are left out. */
    public Settings(Map<String, ?> properties) {
        properties.forEach((key, value) -> {
            if (value != null && !isFrameworkKey(key)) {
                values.put(key, value);
            }
        });
    }

    private static boolean isFrameworkKey(String key) {
        return key.startsWith("service.")
                || key.startsWith("component.")
                || key.startsWith("felix.")
                || key.startsWith("org.apache.karaf.")
                || key.equals("kura.service.pid");
    }

    /** The same, with a value for a key that is missing or empty. */
    public Settings orElse(String key, Object value) {
        Settings completed = new Settings(values);
        if (text(key, null) == null) {
            completed.values.put(key, value);
        }
        return completed;
    }

    /**
     * The same, with secrets in plain.
     *
     * @param keeper null where the container does not encipher them
     * @param keys those that hold secrets
     */
    public Settings reveal(SecretKeeper keeper, String... keys) {
        Settings revealed = new Settings(values);
        for (String key : keys) {
            String kept = text(key, null);
            if (keeper != null && kept != null) {
                revealed.values.put(key, keeper.reveal(kept));
            }
        }
        return revealed;
    }

    /** The text, trimmed; the default when it is missing or empty. */
    public String text(String key, String defaultValue) {
        Object value = values.get(key);
        String text = value == null ? "" : value.toString().trim();
        return text.isEmpty() ? defaultValue : text;
    }

    /** @throws ConfigurationException when it is missing or empty */
    public String requiredText(String key) {
        String text = text(key, null);
        if (text == null) {
            throw new ConfigurationException(key, "", "it must be set");
        }
        return text;
    }

    /** A whole number within bounds (both included). */
    public int integer(String key, int defaultValue, int min, int max) {
        String text = text(key, Integer.toString(defaultValue));
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for both mistakes.
        }
        throw new ConfigurationException(key, text, "a whole number from " + min + " to " + max + " is");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean defaultValue) {
        String text = text(key, Boolean.toString(defaultValue)).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigurationException(key, text, "true or false is");
        };
    }

    /** One of some words, whatever their case. */
    public String oneOf(String key, String defaultValue, String... words) {
        String text = text(key, defaultValue);
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                return word;
            }
        }
        throw new ConfigurationException(key, text, "one of " + String.join(", ", words) + " is");
    }

    /** The entries, trimmed, without empty ones. */
    public List<String> list(String key) {
        Object value = values.get(key);
        List<String> entries = new ArrayList<>();
        if (value == null) {
            return entries;
        }
        if (value instanceof Collection<?> collection) {
            collection.forEach(entry -> entries.add(String.valueOf(entry)));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                entries.add(String.valueOf(Array.get(value, i)));
            }
        } else {
            entries.addAll(Arrays.asList(value.toString().split("[,\n]")));
        }
        return entries.stream()
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private Map<String, String> comparable() {
        Map<String, String> texts = new TreeMap<>();
        values.keySet().forEach(key -> texts.put(key, String.join("\n", list(key))));
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && comparable().equals(settings.comparable());
    }

    @Override
    public int hashCode() {
        return comparable().hashCode();
    }

    /** The keys alone: values may be secret. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.osgi;

import io.streamrelay.api.Id;
import io.streamrelay.api.SharedKey;
import io.streamrelay.api.SubclusterOptions;
import io.streamrelay.api.config.ConfigurationException;
import io.streamrelay.api.config.Secrets;
import io.streamrelay.api.config.Settings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and checks the settings of the PID io.streamrelay.subcluster. */
final class SubclusterSettings {

    /** Names are names of files, too. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private static final Pattern LIFETIME = Pattern.compile("(\\d{1,7})\\s*([smhd])");

    private static final Pattern WAIT = Pattern.compile("(\\d{1,7})\\s*([smhd]?)");

    private static final Duration LIFETIME_MAX = SubclusterOptions.MAX_LIFETIME;

    private SubclusterSettings() {}

    /**
     * @param keyFiles where the key comes from when the settings have none
     * @throws ConfigurationException naming the key, the value (if it is no secret) and what is allowed
     */
    static SubclusterOptions read(Settings settings, KeyFiles keyFiles) {
        String name = settings.requiredText("name");
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "name", name, "up to 64 letters, digits, dots, dashes and underscores, the first not a dot, are");
        }
        Set<Id> senders = senders(settings);
        Duration lifetime = lifetime(settings);
        Duration orderWait = orderWait(settings);
        return new SubclusterOptions(name, key(settings, name, keyFiles), senders, lifetime, orderWait);
    }

    private static SharedKey key(Settings settings, String name, KeyFiles keyFiles) {
        String configured = settings.text("sharedKey", null);
        if (configured == null) {
            return keyFiles.loadOrCreate(name);
        }
        try {
            return SharedKey.parse(Secrets.reveal("sharedKey", configured));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("sharedKey", e.getMessage());
        }
    }

    private static Set<Id> senders(Settings settings) {
        Set<Id> senders = new LinkedHashSet<>();
        for (String sender : settings.list("senders")) {
            try {
                senders.add(Id.ofHex(sender));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("senders", sender, "a sender key of 64 hex digits is");
            }
        }
        return senders;
    }

    private static Duration lifetime(Settings settings) {
        String text = settings.text("lifetime", "7d");
        Matcher matcher = LIFETIME.matcher(text);
        if (matcher.matches()) {
            Duration lifetime = duration(matcher);
            if (!lifetime.isZero() && lifetime.compareTo(LIFETIME_MAX) <= 0) {
                return lifetime;
            }
        }
        throw new ConfigurationException("lifetime", text, "1s to 30d, as in 90s, 30m, 6h or 7d, is");
    }

    private static Duration orderWait(Settings settings) {
        String text = settings.text("orderWait", "5");
        Matcher matcher = WAIT.matcher(text);
        if (matcher.matches()) {
            Duration wait = duration(matcher);
            if (wait.compareTo(LIFETIME_MAX) <= 0) {
                return wait;
            }
        }
        throw new ConfigurationException("orderWait", text, "0 to 30d, as in 5 (seconds), 30m, 6h or 7d, is");
    }

    /** A number and its unit; none is seconds. */
    private static Duration duration(Matcher matcher) {
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for each change of a bridge's state; what repeats itself is said again after ten minutes. */
final class StateLog {

    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

    /** Our own choice. */
    static final long REPEAT_MS = 600_000;

    /** How many troubles are kept apart by what they are about. Our own choice: more would only fill the log. */
    static final int ABOUT_MAX = 32;

    private final String who;
    private final LongSupplier nowMs;
    private final Consumer<String> onTrouble;
    private final Map<String, Long> saidMs = new HashMap<>();
    private String state = "";

    /**
     * @param bridge the bridge's name
     * @param broker its broker's URL
     */
    StateLog(String bridge, String broker, LongSupplier nowMs) {
        this(bridge, broker, nowMs, trouble -> {});
    }

    /** @param onTrouble told of each trouble, also when it is not said again */
    StateLog(String bridge, String broker, LongSupplier nowMs, Consumer<String> onTrouble) {
        this.onTrouble = onTrouble;
        this.who = "MQTT bridge '" + bridge + "' at " + broker;
        this.nowMs = nowMs;
    }

    /** Says a new state, and forgets which troubles have been said. */
    void state(String now) {
        if (!now.equals(state)) {
            state = now;
            saidMs.clear();
            LOG.info("{}: {}", who, now);
        }
    }

    /** @param kind what is said once, whatever its details */
    void trouble(String kind, String details) {
        trouble(kind, kind, details);
    }

    /**
     * Says a trouble once for each thing that it is about; of very many things only some.
     *
     * @return whether it was said now
     */
    boolean troubleAbout(String kind, String about, String details) {
        long now = nowMs.getAsLong();
        saidMs.values().removeIf(last -> now - last >= REPEAT_MS);
        String key = kind + ": " + about;
        boolean isKeptApart = saidMs.containsKey(key) || saidMs.size() < ABOUT_MAX;
        return trouble(isKeptApart ? key : kind, kind, about + ": " + details);
    }

    private boolean trouble(String key, String kind, String details) {
        onTrouble.accept(kind + ": " + details);
        Long last = saidMs.get(key);
        long now = nowMs.getAsLong();
        if (last != null && now - last < REPEAT_MS) {
            return false;
        }
        saidMs.put(key, now);
        LOG.warn("{}: {}: {}", who, kind, details);
        return true;
    }
}

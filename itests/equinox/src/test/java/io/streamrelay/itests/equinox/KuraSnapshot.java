// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one of Kura's snapshots says, by PIDs. */
record KuraSnapshot(Map<String, Instance> instances) {

    /** @param factory null for what there is one of */
    record Instance(String factory, Map<String, Object> settings) {

        /** With some values changed; null removes one. */
        Instance changed(Map<String, Object> values) {
            Map<String, Object> merged = new HashMap<>(settings);
            merged.putAll(values);
            merged.values().removeIf(value -> value == null);
            return new Instance(factory, merged);
        }
    }

    KuraSnapshot {
        instances = Collections.unmodifiableMap(new LinkedHashMap<>(instances));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.Map;

/** How a bridge is called: by the name of its configuration instance. */
final class BridgeName {

    /** The factory PID of bridges. */
    static final String PID = "io.streamrelay.mqtt";

    private static final String DEFAULT = "default";
    private static final String FILE_SUFFIX = "\\.(cfg|config|json)$";

    private BridgeName() {}

    /** Reads it from the properties of a component; fit for a topic level, a client id and a consumer name. */
    static String of(Map<String, ?> properties) {
        String name = afterPid(
                lastSegment(text(properties, "felix.fileinstall.filename")).replaceFirst(FILE_SUFFIX, ""));
        if (name.isEmpty()) {
            String kuraPid = text(properties, "kura.service.pid");
            name = kuraPid.startsWith(PID) ? afterPid(kuraPid) : kuraPid;
        }
        if (name.isEmpty()) {
            name = afterPid(text(properties, "service.pid"));
        }
        return name.isEmpty() ? DEFAULT : name.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private static String text(Map<String, ?> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString().trim();
    }

    private static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What follows the PID and one separator: {@code ~}, {@code -} or {@code .}, by who made the instance. */
    private static String afterPid(String pid) {
        return pid.startsWith(PID) && pid.length() > PID.length() + 1 ? pid.substring(PID.length() + 1) : "";
    }
}

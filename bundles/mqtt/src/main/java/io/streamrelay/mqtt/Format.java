// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import java.util.Locale;

/** What is inside the seal. */
enum Format {
    /** The whole MQTT message, signed by its sender; topics may be matched by wildcards. */
    ENVELOPE,
    /** The payload alone under an event name, as JavaScript peers exchange it. */
    RAW;

    /** The word of the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

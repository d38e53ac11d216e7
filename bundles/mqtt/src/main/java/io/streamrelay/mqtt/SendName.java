// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.Fingerprint;

/**
 * What two deliveries of one of the broker's messages have in common, also when a restart lies between them.
 *
 * @param text as it is remembered with the message
 */
record SendName(String text) {

    private static final String LEAST_ONCE = "1/";
    private static final String ONCE = "2/";

    /** Null with QoS 0, which nobody repeats. */
    static SendName of(Arrival arrival, Fingerprint fingerprint) {
        return switch (arrival.message().qos()) {
            case 1 -> new SendName(LEAST_ONCE + arrival.packetId() + "/" + fingerprint.hex());
            case 2 -> new SendName(ONCE + arrival.custody());
            default -> null;
        };
    }

    /** Whether it tells a message from all others, and not only from those that the broker has not had acknowledged. */
    boolean isUnique() {
        return text.startsWith(ONCE);
    }
}

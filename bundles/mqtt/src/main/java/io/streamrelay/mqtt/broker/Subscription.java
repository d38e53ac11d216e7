// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A topic filter to subscribe to.
 *
 * @param filter an MQTT topic filter
 * @param qos the highest QoS to receive with, 0 to 2
 * @param kind what it is for
 */
public record Subscription(String filter, int qos, Kind kind) {

    /** How retained messages and the subscriber's own publications are treated. */
    public enum Kind {
        /** What applications publish: not our own, retained flags kept, what is retained when it is new. */
        APPLICATIONS,
        /** The same, without what is retained. */
        APPLICATIONS_LIVE,
        /** What bridges tell each other: our own too, and always all that is retained. */
        BRIDGES
    }

    /** The largest that MQTT 5 section 3.8.2.1.2 allows. */
    private static final int IDENTIFIER_MAX = 0xfff_ffff;

    public Subscription {
        Objects.requireNonNull(filter, "filter");
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("qos: " + qos + " is not 0, 1 or 2");
        }
    }

    /** A number from 1 that follows from the filter alone, so that it is the same after a restart. */
    public int identifier() {
        CRC32 crc = new CRC32();
        crc.update(filter.getBytes(StandardCharsets.UTF_8));
        return Math.max(1, (int) crc.getValue() & IDENTIFIER_MAX);
    }
}

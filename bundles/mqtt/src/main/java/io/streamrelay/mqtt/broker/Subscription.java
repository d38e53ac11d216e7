// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.util.Objects;

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

    public Subscription {
        Objects.requireNonNull(filter, "filter");
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("qos: " + qos + " is not 0, 1 or 2");
        }
    }
}

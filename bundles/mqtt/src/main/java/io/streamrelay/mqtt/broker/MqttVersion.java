// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/** The versions of MQTT that a link can speak. */
public enum MqttVersion {
    /** MQTT 5: user properties, no-local, retain-as-published. */
    FIVE("5"),
    /** MQTT 3.1.1. */
    THREE("3.1.1");

    private final String label;

    MqttVersion(String label) {
        this.label = label;
    }

    /** As configuration and logs write it. */
    public String label() {
        return label;
    }

    /** Whether a publication's user properties reach its subscribers. */
    public boolean carriesProperties() {
        return this == FIVE;
    }

    public MqttVersion other() {
        return this == FIVE ? THREE : FIVE;
    }
}

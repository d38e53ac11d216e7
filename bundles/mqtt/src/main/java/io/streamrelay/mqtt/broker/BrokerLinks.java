// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/** Makes links. */
@FunctionalInterface
public interface BrokerLinks {

    /**
     * Prepares a link; it connects when it is told to.
     *
     * @throws BrokerException when the options cannot be used
     */
    BrokerLink open(BrokerOptions options, MqttVersion version, BrokerEvents events) throws BrokerException;

    /** Whoever used the links has gone; what it did not acknowledge arrives again at the next that opens one. */
    default void userHasGone() {}
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/** What a link tells about. Called on the client library's threads. */
public interface BrokerEvents {

    /** A message came; messages come in the broker's order. May block, which holds the broker back. */
    void arrived(Arrival arrival);

    /** An established connection has gone, for the reason given as text. Not called after {@link BrokerLink#close}. */
    void lost(String reason);
}

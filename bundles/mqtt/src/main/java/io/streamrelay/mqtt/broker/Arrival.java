// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;

/**
 * A message that came from the broker.
 *
 * @param message as it was published, with the QoS it was delivered with; in MQTT 3.1.1 only messages that were sent
 *     because of a new subscription are marked as retained
 * @param packetId its MQTT packet identifier; 0 with QoS 0
 * @param acknowledgement tells the broker that the message is safe; does nothing with QoS 0, or when the connection it
 *     came by has gone, for then the broker sends it again
 */
public record Arrival(Message message, int packetId, Runnable acknowledgement) {

    public void acknowledge() {
        acknowledgement.run();
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.util.Set;

/**
 * A message that came from the broker.
 *
 * @param message as it was published, with the QoS it was delivered with; in MQTT 3.1.1 only messages that were sent
 *     because of a new subscription are marked as retained
 * @param packetId its MQTT packet identifier with QoS 1, else 0; a message of QoS 2 arrives once, and a connection that
 *     is lost does not make it arrive again
 * @param repeated whether the broker says that it may have sent it before
 * @param custody with QoS 2 a number that tells it from all others, also of earlier processes; else 0
 * @param subscriptions the {@linkplain Subscription#identifier() identifiers} of those that it came by; empty when the
 *     broker does not say
 * @param acknowledgement says that the message is safe; does nothing with QoS 0, or with QoS 1 when the connection it
 *     came by has gone, for then the broker sends it again
 * @param refusal says that the message is not dealt with now: one of QoS 2 arrives again over a later connection, as
 *     one of QoS 1 does that is not acknowledged
 */
public record Arrival(
        Message message,
        int packetId,
        boolean repeated,
        long custody,
        Set<Integer> subscriptions,
        Runnable acknowledgement,
        Runnable refusal) {

    /** The same, answered in another way. */
    public Arrival answered(Runnable otherAcknowledgement, Runnable otherRefusal) {
        return new Arrival(message, packetId, repeated, custody, subscriptions, otherAcknowledgement, otherRefusal);
    }

    public void acknowledge() {
        acknowledgement.run();
    }

    public void refuse() {
        refusal.run();
    }
}

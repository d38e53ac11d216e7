// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.util.concurrent.CompletionStage;

/**
 * A client of one broker with a persistent session, that is connected, lost and connected again. It does not reconnect
 * by itself. Stages fail with {@link BrokerException} and complete on the client library's threads. All methods
 * return without waiting for the network.
 *
 * <p>A message of QoS 2 that has arrived is on disk here until it is acknowledged.
 */
public interface BrokerLink extends AutoCloseable {

    MqttVersion version();

    /**
     * Connects, or connects again after a loss. What was published and not acknowledged is sent again, before anything
     * else. A link that has failed to connect is to be closed, and another one opened: Paho goes on with an attempt for up
     * to 30 s after it has said that it failed, and would send its CONNECT by the connection of the next one. Mosquitto
     * then forgets the session and all that it keeps there.
     */
    CompletionStage<Greeting> connect();

    CompletionStage<Void> subscribe(Subscription subscription);

    CompletionStage<Void> unsubscribe(String filter);

    /**
     * Publishes in order of the calls. The stage completes when the broker has acknowledged the message (QoS 0: when
     * it is written). A message of QoS 1 or 2 that a connection is lost over stays with the link until then; one
     * that the link did not take, because it is not connected, fails with {@link BrokerException.Kind#UNREACHABLE}.
     *
     * @param name what tells this publication from all others, for ever: one of QoS 2 that this link, or an earlier one,
     *     also of an earlier process, is still about to publish is not published a second time; empty for what may be
     */
    CompletionStage<Void> publish(Message message, String name);

    /** Whether a publication of QoS 2 of that name is one that {@link #publish(Message, String)} does not publish again. */
    boolean hasPublished(String name);

    /**
     * What was published by that name will not be published again but after a crash at this very moment: the name may be
     * forgotten for others, and until then it is not, however many they are.
     */
    void settled(String name);

    /** Publishes something without a name. */
    default CompletionStage<Void> publish(Message message) {
        return publish(message, "");
    }

    /**
     * Whether messages of QoS 2 were left to the broker because too many had not been acknowledged, and there is room for
     * them now: it sends them over the next connection.
     */
    boolean isReadyToAskAgain();

    /** Says goodbye, after what is on its way if that takes no more than 300 ms. Completes always. */
    CompletionStage<Void> disconnect();

    /** Cuts the connection, if there is one; the broker's session stays. */
    @Override
    void close();
}

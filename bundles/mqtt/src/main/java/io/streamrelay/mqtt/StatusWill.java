// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.api.Id;
import io.streamrelay.mqtt.broker.Arrival;
import io.streamrelay.mqtt.broker.BrokerLink;
import io.streamrelay.mqtt.broker.BrokerOptions;
import io.streamrelay.mqtt.broker.Greeting;
import io.streamrelay.mqtt.broker.MqttVersion;
import io.streamrelay.mqtt.broker.Will;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes the broker say at the common status topic that the gateway has gone without a word. It takes a connection of its
 * own, for each has but one will, and the bridge's takes back its announcement. Lives on the bridge's thread.
 */
final class StatusWill {

    private final BridgeSetup setup;
    private final BrokerOptions options;
    private final StateLog log;
    private Connection connection;

    /**
     * @param bridge who connects to which broker
     * @param topic where it is said
     * @param peer of which gateway
     */
    StatusWill(BridgeSetup setup, BrokerOptions bridge, String topic, Id peer) {
        this.setup = setup;
        this.options = bridge.onlyFor(
                new Will(topic, new String(StatusDocument.gone(peer), StandardCharsets.UTF_8)),
                bridge.clientId() + "-status");
        this.log = new StateLog(setup.name() + " (the status topic's last will)", bridge.url(), setup.thread()::nowMs);
    }

    /**
     * From here on the broker shall say it.
     *
     * @param version what the broker speaks
     * @param onHeld called whenever the broker has taken the will; it may have published an earlier one just before
     */
    void hold(MqttVersion version, Runnable onHeld) {
        if (connection == null) {
            connection = new Connection(
                    setup.willLinks(),
                    options,
                    new VersionChoice(Optional.of(version)),
                    setup.thread(),
                    log,
                    setup.backoff(),
                    new Holder(onHeld));
            connection.start();
        }
    }

    /** The broker shall say nothing; completes when it knows, or does not answer. */
    CompletionStage<Void> release() {
        if (connection == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> stopped = connection.stop();
        connection = null;
        return stopped;
    }

    private record Holder(Runnable onHeld) implements Connection.Listener {

        @Override
        public void connected(BrokerLink link, Greeting greeting) {
            onHeld.run();
        }

        @Override
        public void lost() {
            // It is made again by itself.
        }

        @Override
        public void arrived(Arrival arrival) {
            arrival.acknowledge();
        }
    }
}

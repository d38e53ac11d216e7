// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.BrokerException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 3.1.1 by Paho's first client. One Paho client serves all connections, for it owns what is unacknowledged. */
final class PahoThreeLink implements BrokerLink, MqttCallback {

    private static final Logger LOG = LoggerFactory.getLogger(PahoThreeLink.class);
    private static final int SUBACK_FAILURE = 0x80;

    private final PahoThreeClient client;
    private final AnswerGate answers = new AnswerGate(new Exchanges());
    private final MqttConnectOptions connectOptions = new MqttConnectOptions();
    private final BrokerEvents events;
    private final PahoShutdown shutdown;
    private final GroupCommit commits;
    private final Custody custody;
    private final Dispatches dispatches;
    private final Unfinished unfinished;
    private volatile int connection;
    private volatile boolean greeted;

    PahoThreeLink(
            BrokerOptions options, GroupCommit commits, Custody custody, Dispatches dispatches, BrokerEvents events)
            throws BrokerException {
        this.events = events;
        this.commits = commits;
        this.custody = custody;
        this.dispatches = dispatches;
        this.unfinished = new Unfinished(dispatches);
        try {
            client = new PahoThreeClient(options, new PahoThreeMemory(custody, dispatches, answers), answers);
        } catch (MqttException | IllegalArgumentException e) {
            throw new BrokerException(Kind.CLIENT_REFUSED, "broker: " + e.getMessage(), e);
        }
        shutdown = new PahoShutdown(client::disconnectForcibly, () -> client.close(true));
        client.setManualAcks(true);
        client.setCallback(this);
        connectOptions.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        connectOptions.setCleanSession(!options.keepsSession());
        connectOptions.setMaxInflight(BrokerOptions.PUBLISH_MAX_THREE + BrokerOptions.PUBLISH_RESERVE);
        connectOptions.setKeepAliveInterval(BrokerOptions.KEEP_ALIVE_SECONDS);
        connectOptions.setConnectionTimeout(BrokerOptions.CONNECT_TIMEOUT_SECONDS);
        connectOptions.setWill(options.will().topic(), options.will().payload(), 1, true);
        if (!options.username().isEmpty()) {
            connectOptions.setUserName(options.username());
        }
        if (!options.password().isEmpty()) {
            connectOptions.setPassword(options.password().toCharArray());
        }
        connectOptions.setSocketFactory(PahoLinks.sockets(options, new RepeatedPublications()));
        connectOptions.setHttpsHostnameVerificationEnabled(options.tls().verifyHost());
        resume();
    }

    private void resume() {
        for (IMqttDeliveryToken token : client.getPendingDeliveryTokens()) {
            Publishing pending = new Publishing();
            token.setActionCallback(pending);
            unfinished.resumes(Dispatches.SENT + ((MqttToken) token).internalTok.getKey(), pending.done);
        }
    }

    @Override
    public MqttVersion version() {
        return MqttVersion.THREE;
    }

    @Override
    public CompletionStage<Greeting> connect() {
        if (connection++ > 0) {
            client.forgetAnswers();
        }
        greeted = false;
        custody.connects();
        CompletableFuture<Greeting> greeting = new CompletableFuture<>();
        try {
            client.connect(connectOptions, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    if (shutdown.begun()) {
                        shutdown.atOnce();
                        return;
                    }
                    if (!token.getSessionPresent()) {
                        custody.sessionForgotten();
                    }
                    greeting.complete(new Greeting(token.getSessionPresent(), BrokerOptions.PUBLISH_MAX_THREE));
                    greeted = true;
                    handOver();
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    greeting.completeExceptionally(PahoThreeRefusal.ofConnect(cause));
                }
            });
        } catch (MqttException | IllegalArgumentException e) {
            greeting.completeExceptionally(PahoThreeRefusal.ofConnect(e));
        }
        return greeting;
    }

    /** Not only when Paho tells of a message, with its PUBREL: there may be thousands before that. */
    private void handOver() {
        // Before that, those that listen do not know this connection.
        if (greeted) {
            custody.handOver(events::arrived);
        }
    }

    @Override
    public CompletionStage<Void> subscribe(Subscription subscription) {
        Pending pending = new Pending();
        return pending.started(() -> client.subscribe(subscription.filter(), subscription.qos(), null, pending));
    }

    @Override
    public CompletionStage<Void> unsubscribe(String filter) {
        Pending pending = new Pending();
        return pending.started(() -> client.unsubscribe(filter, null, pending));
    }

    @Override
    public CompletionStage<Void> publish(Message message, String name) {
        CompletionStage<Void> earlier = unfinished.find(name);
        if (earlier != null) {
            return earlier;
        }
        MqttMessage out = new MqttMessage(message.payload());
        out.setQos(message.qos());
        out.setRetained(message.retained());
        Pending pending = message.qos() == 0 ? new Pending() : new Publishing();
        dispatches.begin(name);
        try {
            return pending.started(() -> client.publish(message.topic(), out, null, pending));
        } finally {
            dispatches.begun();
        }
    }

    @Override
    public boolean hasPublished(String name) {
        return unfinished.knows(name);
    }

    @Override
    public void settled(String name) {
        unfinished.settled(name);
    }

    @Override
    public boolean isReadyToAskAgain() {
        return custody.isReadyToAskAgain();
    }

    /** Paho would keep each message, with its payload, until its PUBREL, though it is in custody. */
    private final class Exchanges implements AnswerGate.Listener {

        @Override
        public void committing() throws IOException {
            commits.awaitAll();
        }

        @Override
        public void withheld(int packetId) {
            client.forget(packetId);
        }

        @Override
        public void answered(int packetId) {
            client.forget(packetId);
            handOver();
        }

        @Override
        public void released(int packetId) {
            custody.released(packetId);
        }
    }

    @Override
    public CompletionStage<Void> disconnect() {
        return shutdown.gently();
    }

    @Override
    public void close() {
        answers.end();
        shutdown.atOnce();
    }

    @Override
    public void connectionLost(Throwable cause) {
        if (!shutdown.begun()) {
            events.lost(PahoThreeRefusal.text(cause));
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage in) {
        if (in.getQos() == 2) {
            acknowledgement(in.getId(), 2).run();
            return;
        }
        // What came before it is not to be overtaken because it waits for the disk.
        if (!custodyIsOnDisk()) {
            // Without a connection it comes again over the next one.
            return;
        }
        handOver();
        Runnable acknowledgement = acknowledgement(in.getId(), in.getQos());
        Message message;
        try {
            message = new Message(topic, in.getPayload(), in.getQos(), in.isRetained(), null, List.of());
        } catch (IllegalArgumentException e) {
            LOG.warn("A message is left out: {}", e.getMessage());
            acknowledgement.run();
            return;
        }
        int packetId = in.getQos() == 0 ? 0 : in.getId();
        events.arrived(new Arrival(message, packetId, in.isDuplicate(), 0, Set.of(), acknowledgement, () -> {}));
    }

    private boolean custodyIsOnDisk() {
        try {
            custody.await();
            return true;
        } catch (IOException e) {
            LOG.debug("What came before stays behind: {}", e.getMessage());
            return false;
        }
    }

    private Runnable acknowledgement(int packetId, int qos) {
        int mine = connection;
        return () -> {
            // What is sent without a connection would be the first on the next one, where Paho stumbles over it.
            if (qos > 0 && mine == connection && client.isConnected()) {
                try {
                    client.messageArrivedComplete(packetId, qos);
                } catch (MqttException e) {
                    LOG.debug("The broker will send message {} again: {}", packetId, e.getMessage());
                }
            }
        };
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Each publication has its own listener.
    }

    private interface Start {
        void now() throws MqttException;
    }

    /** A call that ends with the broker's answer. */
    private static class Pending implements IMqttActionListener {

        final CompletableFuture<Void> done = new CompletableFuture<>();

        CompletionStage<Void> started(Start start) {
            try {
                start.now();
            } catch (MqttException | IllegalArgumentException e) {
                done.completeExceptionally(PahoThreeRefusal.ofCall(e));
            }
            return done;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] granted = token.getGrantedQos();
            if (granted != null && granted.length > 0 && granted[0] == SUBACK_FAILURE) {
                done.completeExceptionally(
                        new BrokerException(Kind.REJECTED, "the broker refused the subscription", null));
            } else {
                done.complete(null);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            done.completeExceptionally(PahoThreeRefusal.ofCall(cause));
        }
    }

    /** A publication that Paho sends again when the connection is lost; Paho reports the loss as a failure, too. */
    private static final class Publishing extends Pending {

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            LOG.debug("A publication waits for the next connection: {}", cause.getMessage());
        }
    }
}

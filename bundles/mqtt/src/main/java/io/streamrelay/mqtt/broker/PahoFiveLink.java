// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import io.streamrelay.mqtt.broker.BrokerException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 5 by Paho's second client. One Paho client serves all connections, for it owns what is unacknowledged. */
final class PahoFiveLink implements BrokerLink, MqttCallback {

    private static final Logger LOG = LoggerFactory.getLogger(PahoFiveLink.class);

    /**
     * A bridge that is back within this time has not been away. Also, Artemis 2.43 forgets the last will of a session
     * that outlives its connection when there is no delay.
     */
    private static final long WILL_DELAY_SECONDS = 2;

    /** Nobody subscribes it: it is unsubscribed for the shape of the answer. */
    private static final String NOWHERE = "streamrelay/nowhere";

    private final PahoFiveClient client;
    private final AnswerGate answers = new AnswerGate(new Exchanges());
    private final MqttConnectionOptions connectOptions = new MqttConnectionOptions();
    private final BrokerEvents events;
    private final PahoShutdown shutdown;
    private final GroupCommit commits;
    private final Custody custody;
    private final PahoFiveMemory memory;
    private final Unfinished unfinished;
    private final RepeatedPublications repeated = new RepeatedPublications();
    /** Publications that the broker has not acknowledged, with their topics. */
    private final Map<IMqttToken, String> unacknowledged = new ConcurrentHashMap<>();

    private volatile int connection;
    /** Whether the broker tells which subscriptions a message came by. */
    private volatile boolean namesSubscriptions;
    /** Whether the broker has answered as MQTT 5 has it. */
    private volatile boolean proven;
    /** What has come before that. */
    private final List<Runnable> early = new ArrayList<>();

    PahoFiveLink(
            BrokerOptions options, GroupCommit commits, Custody custody, Dispatches dispatches, BrokerEvents events)
            throws BrokerException {
        this.events = events;
        this.commits = commits;
        this.custody = custody;
        this.memory = new PahoFiveMemory(custody, dispatches, answers);
        this.unfinished = new Unfinished(dispatches);
        try {
            client = new PahoFiveClient(options, memory, answers);
        } catch (MqttException | IllegalArgumentException e) {
            throw new BrokerException(Kind.CLIENT_REFUSED, "broker: " + e.getMessage(), e);
        }
        shutdown = new PahoShutdown(client::disconnectForcibly, () -> client.close(true));
        client.setManualAcks(true);
        client.setCallback(this);
        connectOptions.setCleanStart(!options.keepsSession());
        connectOptions.setSessionExpiryInterval(
                options.keepsSession() ? BrokerOptions.SESSION_EXPIRY_SECONDS : WILL_DELAY_SECONDS);
        connectOptions.setReceiveMaximum(BrokerOptions.RECEIVE_MAX);
        connectOptions.setKeepAliveInterval(BrokerOptions.KEEP_ALIVE_SECONDS);
        connectOptions.setConnectionTimeout(BrokerOptions.CONNECT_TIMEOUT_SECONDS);
        connectOptions.setUseSubscriptionIdentifiers(false);
        MqttProperties will = new MqttProperties();
        will.setWillDelayInterval(WILL_DELAY_SECONDS);
        connectOptions.setWillMessageProperties(will);
        connectOptions.setWill(
                options.will().topic(), new MqttMessage(options.will().payload(), 1, true, will));
        if (!options.username().isEmpty()) {
            connectOptions.setUserName(options.username());
        }
        if (!options.password().isEmpty()) {
            connectOptions.setPassword(options.password().getBytes(StandardCharsets.UTF_8));
        }
        connectOptions.setSocketFactory(PahoLinks.sockets(options, repeated));
        connectOptions.setHttpsHostnameVerificationEnabled(options.tls().verifyHost());
        resume();
    }

    private void resume() {
        for (IMqttToken token : client.getPendingTokens()) {
            Publishing pending = new Publishing();
            token.setActionCallback(pending);
            unfinished.resumes(Dispatches.SENT + ((MqttToken) token).internalTok.getKey(), pending.done);
        }
    }

    @Override
    public MqttVersion version() {
        return MqttVersion.FIVE;
    }

    @Override
    public CompletionStage<Greeting> connect() {
        if (connection++ > 0) {
            client.forgetAnswers();
        }
        synchronized (early) {
            early.clear();
        }
        custody.connects();
        CompletableFuture<Greeting> greeting = new CompletableFuture<>();
        try {
            client.connect(connectOptions, null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    if (shutdown.begun()) {
                        shutdown.atOnce();
                        return;
                    }
                    if (!token.getSessionPresent()) {
                        custody.sessionForgotten();
                    }
                    MqttProperties told = token.getResponseProperties();
                    namesSubscriptions = told == null || told.isSubscriptionIdentifiersAvailable();
                    proven |= tellsItsLimits(told);
                    prove().whenComplete((ok, failure) -> {
                        if (failure == null) {
                            greeting.complete(greeting(token));
                            handOver();
                            takeEarly();
                        } else {
                            greeting.completeExceptionally(failure);
                        }
                    });
                }

                @Override
                public void onFailure(IMqttToken token, Throwable cause) {
                    greeting.completeExceptionally(PahoFiveRefusal.ofConnect(cause));
                }
            });
        } catch (MqttException | IllegalArgumentException e) {
            greeting.completeExceptionally(PahoFiveRefusal.ofConnect(e));
        }
        return greeting;
    }

    /** What MQTT 5 alone has in a greeting: then nothing has to be asked, whose answer may come after a long backlog. */
    private static boolean tellsItsLimits(MqttProperties told) {
        return told != null && (told.getReceiveMaximum() != null || told.getTopicAliasMaximum() != null);
    }

    /**
     * Artemis 2.6, which Kura has, greets with MQTT 5 though it knows 3.1.1 alone: newer parts of it read and write the
     * packets, the others drop what is new in them. Messages would lose their marks and go in circles. Yet it does not say
     * of each filter that it has been unsubscribed.
     */
    private CompletionStage<Void> prove() {
        if (proven) {
            return CompletableFuture.completedFuture(null);
        }
        Proof proof = new Proof();
        return proof.started(() -> client.unsubscribe(NOWHERE, null, proof));
    }

    private static Greeting greeting(IMqttToken token) {
        Integer broker = token.getResponseProperties() == null
                ? null
                : token.getResponseProperties().getReceiveMaximum();
        int publishMax = broker == null
                ? BrokerOptions.PUBLISH_MAX
                : Math.min(broker - BrokerOptions.PUBLISH_RESERVE, BrokerOptions.PUBLISH_MAX);
        return new Greeting(token.getSessionPresent(), Math.max(1, publishMax));
    }

    @Override
    public CompletionStage<Void> subscribe(Subscription subscription) {
        MqttSubscription filter = new MqttSubscription(subscription.filter(), subscription.qos());
        if (subscription.kind() != Subscription.Kind.BRIDGES) {
            filter.setNoLocal(true);
            filter.setRetainAsPublished(true);
            filter.setRetainHandling(subscription.kind() == Subscription.Kind.APPLICATIONS ? 1 : 2);
        }
        MqttProperties properties = new MqttProperties();
        if (namesSubscriptions) {
            properties.setSubscriptionIdentifier(subscription.identifier());
        }
        Pending pending = new Pending("to subscribe " + subscription.filter());
        return pending.started(() -> client.subscribe(new MqttSubscription[] {filter}, null, pending, properties));
    }

    @Override
    public CompletionStage<Void> unsubscribe(String filter) {
        Pending pending = new Pending("to unsubscribe " + filter);
        return pending.started(() -> client.unsubscribe(filter, null, pending));
    }

    @Override
    public CompletionStage<Void> publish(Message message, String name) {
        CompletionStage<Void> earlier = unfinished.find(name);
        if (earlier != null) {
            return earlier;
        }
        MqttProperties properties = new MqttProperties();
        properties.setContentType(message.contentType());
        properties.setUserProperties(message.properties().stream()
                .map(property -> new UserProperty(property.name(), property.value()))
                .toList());
        MqttMessage out = new MqttMessage(message.payload(), message.qos(), message.retained(), properties);
        if (message.qos() == 0) {
            Pending pending = new Pending("a message");
            return pending.started(() -> client.publish(message.topic(), out, null, pending));
        }
        Publishing pending = new Publishing();
        memory.begin(name, message.topic());
        try {
            return pending.started(() -> publish(message.topic(), out, pending));
        } finally {
            memory.begun();
        }
    }

    private void publish(String topic, MqttMessage out, Publishing pending) throws MqttException {
        IMqttToken token = client.publish(topic, out, null, pending);
        unacknowledged.put(token, topic);
        pending.done.whenComplete((ok, failure) -> unacknowledged.remove(token));
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

    private final class Exchanges implements AnswerGate.Listener {

        @Override
        public void committing() throws IOException {
            commits.awaitAll();
        }

        @Override
        public void withheld(int packetId) {
            client.forget(packetId);
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
    public void disconnected(MqttDisconnectResponse response) {
        forgetAliases();
        if (!shutdown.begun()) {
            MqttException cause = response.getException();
            events.lost(
                    cause == null
                            ? "the broker ended it with code " + response.getReturnCode()
                            : PahoFiveRefusal.text(cause));
        }
    }

    /** Paho sends unacknowledged messages again with the topic aliases of the connection that has gone. */
    private void forgetAliases() {
        unacknowledged.forEach((token, topic) -> {
            if (token.getRequestMessage() instanceof MqttPublish publish) {
                publish.setTopicName(topic);
                publish.getProperties().setTopicAlias(null);
            }
        });
    }

    @Override
    public void messageArrived(String topic, MqttMessage in) {
        if (in.getQos() == 2) {
            client.forget(in.getId());
        }
        if (proven) {
            take(topic, in);
            return;
        }
        // A broker that fails sends it again over the next connection, and those that listen do not know this one yet.
        synchronized (early) {
            early.add(() -> take(topic, in));
        }
    }

    private void takeEarly() {
        List<Runnable> taken;
        synchronized (early) {
            taken = List.copyOf(early);
            early.clear();
        }
        taken.forEach(Runnable::run);
    }

    private void take(String topic, MqttMessage in) {
        if (!handOver() || in.getQos() == 2) {
            // Without a connection it comes again over the next one, behind what is in custody.
            return;
        }
        Runnable acknowledgement = acknowledgement(in.getId(), in.getQos());
        Message message;
        try {
            message = message(topic, in);
        } catch (IllegalArgumentException e) {
            LOG.warn("A message is left out: {}", e.getMessage());
            acknowledgement.run();
            return;
        }
        int packetId = in.getQos() == 0 ? 0 : in.getId();
        events.arrived(new Arrival(
                message, packetId, repeated.take(in.getId()), 0, subscriptions(in), acknowledgement, () -> {}));
    }

    /**
     * In the order in which all came, though what is in custody waits for the disk.
     *
     * @return false when the connection has gone meanwhile
     */
    private boolean handOver() {
        try {
            custody.await();
        } catch (IOException e) {
            LOG.debug("What is in custody stays behind: {}", e.getMessage());
            return false;
        }
        custody.handOver(events::arrived);
        return true;
    }

    static Set<Integer> subscriptions(MqttMessage in) {
        List<Integer> identifiers = in.getProperties().getSubscriptionIdentifiers();
        return identifiers == null ? Set.of() : Set.copyOf(identifiers);
    }

    static Message message(String topic, MqttMessage in) {
        List<Message.Property> properties = in.getProperties().getUserProperties().stream()
                .map(property -> new Message.Property(property.getKey(), property.getValue()))
                .toList();
        String contentType = in.getProperties().getContentType();
        return new Message(topic, in.getPayload(), in.getQos(), in.isRetained(), contentType, properties);
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
    public void mqttErrorOccurred(MqttException exception) {
        LOG.warn("The broker sent what MQTT 5 does not allow: {}", exception.getMessage());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Each publication has its own listener.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The connecting call has its own listener.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // Enhanced authentication is not offered, so that none can be asked for.
    }

    private interface Start {
        void now() throws MqttException;
    }

    /** A call that ends with the broker's answer. */
    private static class Pending implements MqttActionListener {

        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final String what;

        Pending(String what) {
            this.what = what;
        }

        CompletionStage<Void> started(Start start) {
            try {
                start.now();
            } catch (MqttException | IllegalArgumentException e) {
                done.completeExceptionally(PahoFiveRefusal.ofCall(e));
            }
            return done;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = codes(token);
            int code = codes.length == 0 ? MqttReturnCode.RETURN_CODE_SUCCESS : codes[0];
            if (code < MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
                done.complete(null);
            } else {
                done.completeExceptionally(PahoFiveRefusal.ofAnswer(what, code));
            }
        }

        static int[] codes(IMqttToken token) {
            boolean none = token.getResponse() == null || token.getResponse().getReasonCodes() == null;
            return none ? new int[0] : token.getResponse().getReasonCodes();
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            done.completeExceptionally(PahoFiveRefusal.ofCall(cause));
        }
    }

    /** Any answer of the right shape will do. */
    private final class Proof extends Pending {

        Proof() {
            super("to be asked");
        }

        @Override
        public void onSuccess(IMqttToken token) {
            proven = codes(token).length > 0;
            if (proven) {
                done.complete(null);
            } else {
                done.completeExceptionally(new BrokerException(
                        Kind.VERSION_REFUSED, "the broker greets with MQTT 5 and does not speak it", null));
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            done.completeExceptionally(PahoFiveRefusal.ofConnect(cause));
        }
    }

    /** A publication that Paho sends again when the connection is lost; Paho reports the loss as a failure, too. */
    private static final class Publishing extends Pending {

        Publishing() {
            super("a message");
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            LOG.debug("A publication waits for the next connection: {}", cause.getMessage());
        }
    }
}

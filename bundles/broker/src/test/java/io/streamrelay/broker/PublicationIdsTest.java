// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationIdsTest {

    private static final long ANSWER_MS_MAX = 20_000;

    @TempDir
    private Path directory;

    private final BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();
    private int port;
    private ActiveMQServer broker;
    private PublicationIds ids;
    private MqttAsyncClient subscriber;

    @BeforeEach
    void start() throws Exception {
        port = FreePort.find();
        startBroker();
        subscriber = connect("subscriber");
        subscriber.subscribe("meter", 1).waitForCompletion(ANSWER_MS_MAX);
    }

    private void startBroker() throws Exception {
        broker = ActiveMQServers.newActiveMQServer(DiskBroker.in(directory, port), true);
        broker.start();
        ids = new PublicationIds(broker);
    }

    /** What it gets is not acknowledged. */
    private MqttAsyncClient connect(String clientId) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        client.setManualAcks(true);
        client.setCallback(new Heard());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(false);
        options.setSessionExpiryInterval(3_600L);
        client.connect(options).waitForCompletion(ANSWER_MS_MAX);
        return client;
    }

    @AfterEach
    void stop() throws Exception {
        subscriber.disconnectForcibly(1_000, 1_000, false);
        ids.deactivate();
        broker.stop();
    }

    private void publish(String text, UserProperty... properties) throws MqttException {
        MqttAsyncClient publisher = connect("publisher");
        MqttProperties carried = new MqttProperties();
        carried.setUserProperties(List.of(properties));
        publisher
                .publish("meter", new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, carried))
                .waitForCompletion(ANSWER_MS_MAX);
        publisher.disconnect().waitForCompletion(ANSWER_MS_MAX);
    }

    private MqttMessage next() throws InterruptedException {
        MqttMessage next = received.poll(ANSWER_MS_MAX, TimeUnit.MILLISECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }

    private static String id(MqttMessage message) {
        List<UserProperty> properties = message.getProperties().getUserProperties();
        UserProperty last = properties.get(properties.size() - 1);
        assertEquals(PublicationIds.NAME, last.getKey());
        return last.getValue();
    }

    @Test
    void publicationsHaveDifferentIdsBehindTheirOwnProperties() throws Exception {
        publish("same", new UserProperty("unit", "K"));
        publish("same");
        MqttMessage first = next();
        assertEquals("unit", first.getProperties().getUserProperties().get(0).getKey());
        assertNotEquals(id(first), id(next()));
    }

    @Test
    void anIdOutlivesARestartThoughTheBrokerDoesNotSayThatItRepeats() throws Exception {
        publish("once");
        MqttMessage before = next();
        subscriber.disconnectForcibly(1_000, 1_000, false);
        broker.stop();
        startBroker();
        subscriber = connect("subscriber");
        MqttMessage after = next();
        assertEquals(id(before), id(after));
        assertFalse(after.isDuplicate());
        publish("another");
        assertNotEquals(id(before), id(next()));
    }

    @Test
    void artemisKeepsUserPropertiesAsItDid() {
        assertEquals(MQTTUtil.MQTT_USER_PROPERTY_EXISTS_KEY, PublicationIds.COUNT);
        assertEquals(MQTTUtil.MQTT_USER_PROPERTY_KEY_PREFIX, PublicationIds.PREFIX);
    }

    private final class Heard implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(message);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            // It was told to.
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            // What does not come is missed.
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // It is waited for.
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // It is waited for.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // There is none.
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.eclipse.paho.client.mqttv3.MqttPersistenceException;
import org.eclipse.paho.client.mqttv3.internal.MqttPersistentData;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Paho's MQTT 3.1.1 client puts what it must not forget. A PUBLISH of QoS 2 goes into custody before its PUBREC, and
 * is released with its PUBCOMP. What is published with QoS 2 is a dispatch, and read again by the next client. Nothing
 * else is kept: publications of QoS 1 belong to the mesh until the broker has them.
 */
final class PahoThreeMemory implements MqttClientPersistence {

    private static final Logger LOG = LoggerFactory.getLogger(PahoThreeMemory.class);
    private static final String RECEIVED = "r-";

    /** In the first byte of a PUBLISH, MQTT 3.1.1 section 3.3.1.1. */
    private static final int DUP = 0x08;

    private final Custody custody;
    private final Dispatches dispatches;
    private final AnswerGate answers;

    PahoThreeMemory(Custody custody, Dispatches dispatches, AnswerGate answers) {
        this.custody = custody;
        this.dispatches = dispatches;
        this.answers = answers;
    }

    @Override
    public void put(String key, MqttPersistable persistable) throws MqttPersistenceException {
        if (!(persistable instanceof MqttPublish publish)) {
            keep(key, persistable);
        } else if (key.startsWith(RECEIVED)) {
            take(publish);
        } else if (publish.getMessage().getQos() == 2) {
            keep(key, publish);
        }
    }

    private void keep(String key, MqttPersistable packet) throws MqttPersistenceException {
        byte[] header = packet.getHeaderBytes();
        byte[] payload = packet.getPayloadBytes();
        byte[] bytes = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, bytes, header.length, payload.length);
        try {
            dispatches.keep(key, bytes);
        } catch (IOException e) {
            LOG.warn("Messages of QoS 2 cannot be published: {}", e.toString());
            throw new MqttPersistenceException(e);
        }
    }

    private void take(MqttPublish publish) throws MqttPersistenceException {
        var in = publish.getMessage();
        try {
            Message message =
                    new Message(publish.getTopicName(), in.getPayload(), in.getQos(), in.isRetained(), null, List.of());
            boolean repeated = (publish.getHeaderBytes()[0] & DUP) != 0;
            // What is read from a connection that has been given up may have come by the next one already.
            if (answers.hasEnded() || !custody.take(publish.getMessageId(), repeated, message, Set.of())) {
                answers.withhold(publish.getMessageId());
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("A message is left out: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("The broker has to keep its messages of QoS 2: {}", e.toString());
            throw new MqttPersistenceException(e);
        }
    }

    @Override
    public void remove(String key) {
        // What was received is released with its PUBCOMP.
        if (!key.startsWith(RECEIVED)) {
            dispatches.forget(key);
        }
    }

    @Override
    public void open(String clientId, String serverUri) {
        // It is open for as long as the bridge lives.
    }

    @Override
    public void close() {
        // The next connection needs it.
    }

    @Override
    public MqttPersistable get(String key) throws MqttPersistenceException {
        byte[] packet = dispatches.packet(key);
        if (packet == null) {
            throw new MqttPersistenceException();
        }
        return new MqttPersistentData(key, packet, 0, packet.length, null, 0, 0);
    }

    @Override
    public Enumeration<String> keys() {
        return Collections.enumeration(dispatches.keys());
    }

    @Override
    public void clear() {
        // Only clean sessions are cleared.
    }

    @Override
    public boolean containsKey(String key) {
        return dispatches.packet(key) != null;
    }
}

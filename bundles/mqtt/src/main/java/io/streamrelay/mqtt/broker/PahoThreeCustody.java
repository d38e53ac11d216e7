// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.api.Message;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.eclipse.paho.client.mqttv3.MqttPersistenceException;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Paho's MQTT 3.1.1 client puts a PUBLISH of QoS 2 before its PUBREC, and takes it away with its PUBCOMP. Keeps
 * nothing else: what is published belongs to the mesh until the broker has it, and Paho reads none of this again while
 * it lives.
 */
final class PahoThreeCustody implements MqttClientPersistence {

    private static final Logger LOG = LoggerFactory.getLogger(PahoThreeCustody.class);
    private static final String RECEIVED = "r-";

    /** In the first byte of a PUBLISH, MQTT 3.1.1 section 3.3.1.1. */
    private static final int DUP = 0x08;

    private final Custody custody;

    PahoThreeCustody(Custody custody) {
        this.custody = custody;
    }

    @Override
    public void put(String key, MqttPersistable persistable) throws MqttPersistenceException {
        if (!key.startsWith(RECEIVED) || !(persistable instanceof MqttPublish publish)) {
            return;
        }
        var in = publish.getMessage();
        try {
            Message message =
                    new Message(publish.getTopicName(), in.getPayload(), in.getQos(), in.isRetained(), null, List.of());
            boolean repeated = (persistable.getHeaderBytes()[persistable.getHeaderOffset()] & DUP) != 0;
            custody.take(publish.getMessageId(), repeated, message);
        } catch (IllegalArgumentException e) {
            LOG.warn("A message is left out: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("The broker has to keep its messages of QoS 2: {}", e.toString());
            throw new MqttPersistenceException(e);
        }
    }

    @Override
    public void remove(String key) {
        if (key.startsWith(RECEIVED)) {
            custody.released(Integer.parseInt(key.substring(RECEIVED.length())));
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
        throw new MqttPersistenceException();
    }

    @Override
    public Enumeration<String> keys() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void clear() {
        // Only clean sessions are cleared.
    }

    @Override
    public boolean containsKey(String key) {
        return false;
    }
}

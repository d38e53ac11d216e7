// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttPingResp;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets as Paho itself writes them, read in pieces of all sizes. */
class RepeatedPublicationsTest {

    private final RepeatedPublications repeated = new RepeatedPublications();
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    private void write(MqttWireMessage packet) throws MqttException, IOException {
        wire.write(packet.getHeader());
        wire.write(packet.getPayload());
    }

    private void publish(int packetId, String topic, int qos, boolean again, int bytes) throws Exception {
        MqttMessage message = new MqttMessage(new byte[bytes], qos, false, new MqttProperties());
        MqttPublish packet = new MqttPublish(topic, message, new MqttProperties());
        packet.setMessageId(packetId);
        packet.setDuplicate(again);
        write(packet);
    }

    private byte[] read(int piece) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = repeated.watch(new ByteArrayInputStream(wire.toByteArray()))) {
            byte[] bytes = new byte[piece];
            for (int count = in.read(bytes, 0, piece); count > 0; count = in.read(bytes, 0, piece)) {
                read.write(bytes, 0, count);
                int one = in.read();
                if (one >= 0) {
                    read.write(one);
                }
            }
        }
        return read.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64, 100_000})
    void findsTheMarkAmongAllThatComes(int piece) throws Exception {
        publish(1, "a/b", 1, false, 10);
        publish(2, "a/b", 1, true, 300);
        write(new MqttPingResp());
        publish(0, "a", 0, false, 0);
        publish(300, "long/" + "t".repeat(1_000), 1, true, 20_000);
        publish(4, "exactly/once", 2, true, 10);
        publish(5, "", 1, true, 3);
        publish(6, "a", 1, true, 0);
        publish(6, "a", 1, false, 0);
        publish(7, "last", 1, true, 1);
        assertArrayEquals(wire.toByteArray(), read(piece));
        for (int packetId : new int[] {2, 300, 5, 7}) {
            assertTrue(repeated.take(packetId), packetId + " comes again");
            assertFalse(repeated.take(packetId), packetId + " is asked for once");
        }
        for (int packetId : new int[] {0, 1, 4, 6}) {
            assertFalse(repeated.take(packetId), packetId + " is new, or not of QoS 1");
        }
    }
}

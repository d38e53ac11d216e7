// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.junit.jupiter.api.Test;

/** What a client library still reads when its connection has been given up and the next one brings the same. */
class GivenUpConnectionTest extends CustodyRig {

    private static final String KEY = "r-7";
    private static final byte[] PAYLOAD = {'a'};

    private static AnswerGate gate() {
        return new AnswerGate(new AnswerGate.Listener() {
            @Override
            public void committing() {}

            @Override
            public void withheld(int packetId) {}
        });
    }

    private static org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish publishOfThree(boolean repeated) {
        MqttMessage message = new MqttMessage(PAYLOAD);
        message.setQos(2);
        var publish = new org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish("t", message);
        publish.setMessageId(7);
        publish.setDuplicate(repeated);
        return publish;
    }

    private static MqttPublish publishOfFive(boolean repeated) {
        var message = new org.eclipse.paho.mqttv5.common.MqttMessage(PAYLOAD, 2, false, new MqttProperties());
        MqttPublish publish = new MqttPublish("t", message, new MqttProperties());
        publish.setMessageId(7);
        publish.setDuplicate(repeated);
        return publish;
    }

    @Test
    void isNotTakenForAnotherMessageWithThree() throws Exception {
        AnswerGate old = gate();
        AnswerGate next = gate();
        old.end();
        new PahoThreeMemory(custody, null, next).put(KEY, publishOfThree(true));
        new PahoThreeMemory(custody, null, old).put(KEY, publishOfThree(false));
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }

    @Test
    void isNotTakenForAnotherMessageWithFive() throws Exception {
        AnswerGate old = gate();
        AnswerGate next = gate();
        old.end();
        new PahoFiveMemory(custody, null, next).put(KEY, publishOfFive(true));
        new PahoFiveMemory(custody, null, old).put(KEY, publishOfFive(false));
        assertEquals(List.of("a"), texts(handedOver(custody)));
    }
}

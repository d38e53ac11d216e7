// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.streamrelay.mqtt.broker.BrokerException.Kind;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionChoiceTest {

    private final VersionChoice choice = new VersionChoice(Optional.empty());

    @Test
    void beginsWithFive() {
        assertEquals(MqttVersion.FIVE, choice.version());
    }

    @Test
    void fallsBackWhenTheVersionIsRefused() {
        choice.failed(Kind.VERSION_REFUSED);
        assertEquals(MqttVersion.THREE, choice.version());
    }

    @Test
    void fallsBackWhenTheBrokerHangsUpTwice() {
        choice.failed(Kind.HUNG_UP);
        assertEquals(MqttVersion.FIVE, choice.version());
        choice.failed(Kind.HUNG_UP);
        assertEquals(MqttVersion.THREE, choice.version());
    }

    @Test
    void doesNotTakeABrokerThatStartsForAnOldOne() {
        choice.failed(Kind.HUNG_UP);
        choice.failed(Kind.UNREACHABLE);
        choice.failed(Kind.HUNG_UP);
        choice.connected();
        choice.failed(Kind.HUNG_UP);
        assertEquals(MqttVersion.FIVE, choice.version());
    }

    @Test
    void triesFiveAgainWhenThreeIsRefused() {
        choice.failed(Kind.VERSION_REFUSED);
        choice.failed(Kind.VERSION_REFUSED);
        assertEquals(MqttVersion.FIVE, choice.version());
    }

    @Test
    void keepsToWhatIsConfigured() {
        VersionChoice fixed = new VersionChoice(Optional.of(MqttVersion.THREE));
        fixed.failed(Kind.VERSION_REFUSED);
        assertEquals(MqttVersion.THREE, fixed.version());
    }
}

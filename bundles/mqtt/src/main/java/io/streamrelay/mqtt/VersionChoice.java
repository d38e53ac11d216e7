// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

import io.streamrelay.mqtt.broker.BrokerException;
import io.streamrelay.mqtt.broker.MqttVersion;
import java.util.Optional;

/** Which version of MQTT to speak: a fixed one, or what the broker turns out to understand, 5 first. */
final class VersionChoice {

    /** A broker that is just starting may hang up once. */
    private static final int HANG_UPS = 2;

    private final boolean fixed;
    private MqttVersion version;
    private int hangUps;

    VersionChoice(Optional<MqttVersion> configured) {
        fixed = configured.isPresent();
        version = configured.orElse(MqttVersion.FIVE);
    }

    MqttVersion version() {
        return version;
    }

    void connected() {
        hangUps = 0;
    }

    void failed(BrokerException.Kind kind) {
        hangUps = kind == BrokerException.Kind.HUNG_UP ? hangUps + 1 : 0;
        boolean refused = kind == BrokerException.Kind.VERSION_REFUSED || hangUps == HANG_UPS;
        if (refused && !fixed) {
            version = version.other();
            hangUps = 0;
        }
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.mqtt.broker.BrokerException.Kind;
import org.eclipse.paho.client.mqttv3.MqttException;

/** What the failures of Paho's MQTT 3.1.1 client mean. */
final class PahoThreeRefusal {

    private PahoThreeRefusal() {}

    static BrokerException ofConnect(Throwable cause) {
        int code = cause instanceof MqttException e ? e.getReasonCode() : MqttException.REASON_CODE_CLIENT_EXCEPTION;
        Kind kind =
                switch (code) {
                    case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> Kind.VERSION_REFUSED;
                    case MqttException.REASON_CODE_CONNECTION_LOST -> Kind.HUNG_UP;
                    case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
                            MqttException.REASON_CODE_NOT_AUTHORIZED,
                            MqttException.REASON_CODE_INVALID_CLIENT_ID -> Kind.CLIENT_REFUSED;
                    default -> Kind.UNREACHABLE;
                };
        return new BrokerException(kind, text(cause), cause);
    }

    static BrokerException ofCall(Throwable cause) {
        Kind kind = Kind.REJECTED;
        if (cause instanceof MqttException e) {
            kind = switch (e.getReasonCode()) {
                case MqttException.REASON_CODE_MAX_INFLIGHT, MqttException.REASON_CODE_NO_MESSAGE_IDS_AVAILABLE ->
                    Kind.BUSY;
                default -> Kind.UNREACHABLE;
            };
        }
        return new BrokerException(kind, text(cause), cause);
    }

    static String text(Throwable cause) {
        Throwable root = cause.getCause();
        return root == null || root.getMessage() == null
                ? String.valueOf(cause.getMessage())
                : cause.getMessage() + ": " + root.getMessage();
    }
}

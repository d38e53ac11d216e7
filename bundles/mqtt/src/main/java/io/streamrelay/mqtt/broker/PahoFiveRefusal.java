// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import io.streamrelay.mqtt.broker.BrokerException.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** What the failures of Paho's MQTT 5 client mean. */
final class PahoFiveRefusal {

    private PahoFiveRefusal() {}

    static BrokerException ofConnect(Throwable cause) {
        int code = cause instanceof MqttException e ? e.getReasonCode() : MqttException.REASON_CODE_CLIENT_EXCEPTION;
        Kind kind =
                switch (code) {
                    case MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION,
                            MqttClientException.REASON_CODE_INVALID_PROTOCOL_VERSION -> Kind.VERSION_REFUSED;
                    case MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD,
                            MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
                            MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID,
                            MqttReturnCode.RETURN_CODE_BANNED,
                            MqttReturnCode.RETURN_CODE_BAD_AUTHENTICATION -> Kind.CLIENT_REFUSED;
                    case MqttReturnCode.RETURN_CODE_SERVER_UNAVAILABLE, MqttReturnCode.RETURN_CODE_SERVER_BUSY ->
                        Kind.UNREACHABLE;
                    // An old broker hangs up, or answers in a shape that MQTT 5 does not have.
                    default -> isNetwork(cause) ? Kind.UNREACHABLE : Kind.HUNG_UP;
                };
        return new BrokerException(kind, text(cause), cause);
    }

    private static boolean isNetwork(Throwable cause) {
        for (Throwable root = cause; root != null; root = root.getCause()) {
            if (root instanceof ConnectException
                    || root instanceof UnknownHostException
                    || root instanceof NoRouteToHostException
                    || root instanceof SocketTimeoutException
                    || root instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    static BrokerException ofCall(Throwable cause) {
        Kind kind = Kind.REJECTED;
        if (cause instanceof MqttException e) {
            kind = switch (e.getReasonCode()) {
                case MqttClientException.REASON_CODE_MAX_INFLIGHT,
                        MqttClientException.REASON_CODE_NO_MESSAGE_IDS_AVAILABLE -> Kind.BUSY;
                case MqttClientException.REASON_CODE_OUTGOING_PACKET_TOO_LARGE -> Kind.REJECTED;
                default -> Kind.UNREACHABLE;
            };
        }
        return new BrokerException(kind, text(cause), cause);
    }

    static BrokerException ofAnswer(String what, int code) {
        Kind kind =
                switch (code) {
                    case MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
                            MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID,
                            MqttReturnCode.RETURN_CODE_TOPIC_FILTER_NOT_VALID,
                            MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE,
                            MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID -> Kind.REJECTED;
                    default -> Kind.BUSY;
                };
        return new BrokerException(kind, "the broker refused " + what + " with code " + code, null);
    }

    static String text(Throwable cause) {
        Throwable root = cause.getCause();
        return root == null || root.getMessage() == null
                ? String.valueOf(cause.getMessage())
                : cause.getMessage() + ": " + root.getMessage();
    }
}

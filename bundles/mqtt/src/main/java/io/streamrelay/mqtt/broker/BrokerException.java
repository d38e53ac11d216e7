// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/** Something that a broker, or the way to it, did not let happen. */
public final class BrokerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it decides what to do next. */
    public enum Kind {
        /** Nobody answers, or the connection broke: try again. */
        UNREACHABLE,
        /** The broker does not speak this version of MQTT. */
        VERSION_REFUSED,
        /** The broker hung up before it greeted, as old ones do when they do not know the version. */
        HUNG_UP,
        /** The broker refused this client: credentials, client id, access rules. */
        CLIENT_REFUSED,
        /** The broker will never take this message or subscription. */
        REJECTED,
        /** The broker does not take it now. */
        BUSY
    }

    private final Kind kind;

    public BrokerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

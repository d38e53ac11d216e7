// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

import java.util.Objects;

/**
 * Which broker, and as whom.
 *
 * @param url {@code tcp://host:port}, {@code ssl://host:port}, {@code ws://…} or {@code wss://…}
 * @param username empty for none
 * @param password empty for none; never shown
 * @param clientId the identity of the persistent session
 * @param tls how a server certificate is checked
 * @param willTopic the topic of a last will that clears a retained message
 */
public record BrokerOptions(
        String url, String username, String password, String clientId, TlsOptions tls, String willTopic) {

    /** Seconds between signs of life; a dead link is noticed within one and a half times this. Our own choice. */
    public static final int KEEP_ALIVE_SECONDS = 20;

    /** Seconds until an attempt to connect is given up. Our own choice. */
    public static final int CONNECT_TIMEOUT_SECONDS = 10;

    /** How long a broker keeps the session of an absent bridge: the longest that the protocol can say. */
    public static final long SESSION_EXPIRY_SECONDS = 0xFFFF_FFFFL;

    /** Messages on their way to us, and publications on their way to the broker, at once. Our own choice. */
    public static final int IN_FLIGHT_MAX = 1000;

    public BrokerOptions {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(tls, "tls");
    }

    @Override
    public String toString() {
        return "BrokerOptions[" + url + ", " + clientId + "]";
    }
}

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
 * @param clientId the identity of the session
 * @param tls how a server certificate is checked
 * @param will what the broker says when the client goes without a word
 * @param keepsSession whether the broker keeps the session while the client is away
 */
public record BrokerOptions(
        String url,
        String username,
        String password,
        String clientId,
        TlsOptions tls,
        Will will,
        boolean keepsSession) {

    /** Seconds between signs of life; a dead link is noticed within one and a half times this. Our own choice. */
    public static final int KEEP_ALIVE_SECONDS = 20;

    /** Seconds until an attempt to connect is given up. Our own choice. */
    public static final int CONNECT_TIMEOUT_SECONDS = 10;

    /** How long a broker keeps the session of an absent bridge: the longest that the protocol can say. */
    public static final long SESSION_EXPIRY_SECONDS = 0xFFFF_FFFFL;

    /** Messages that a broker may have on their way to us at once. Our own choice. */
    public static final int RECEIVE_MAX = 1000;

    /** Publications on their way to the broker at once; so many may come twice when a connection is lost. Our choice. */
    static final int PUBLISH_MAX = 100;

    /**
     * The same with MQTT 3.1.1, where a broker cannot say how many it takes. Mosquitto 2.0 takes 20 of QoS 2 by default,
     * and forgets what is beyond them when the connection is lost, although it has confirmed it.
     */
    static final int PUBLISH_MAX_THREE = 20;

    /** Of what the broker takes at once, some are left for what bridges tell each other. */
    static final int PUBLISH_RESERVE = 4;

    public BrokerOptions {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(will, "will");
    }

    /** With a session that the broker keeps. */
    public BrokerOptions(String url, String username, String password, String clientId, TlsOptions tls, Will will) {
        this(url, username, password, clientId, tls, will, true);
    }

    /** The same broker and account under another name, for a connection that lives for its last will. */
    public BrokerOptions onlyFor(Will other, String otherClientId) {
        return new BrokerOptions(url, username, password, otherClientId, tls, other, false);
    }

    @Override
    public String toString() {
        return "BrokerOptions[" + url + ", " + clientId + "]";
    }
}

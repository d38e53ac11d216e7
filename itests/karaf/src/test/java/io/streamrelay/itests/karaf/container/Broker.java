// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.karaf.container;

/** The broker of the distribution under test. */
final class Broker {

    static final String URL = "tcp://127.0.0.1:" + System.getenv("STREAMRELAY_MQTT_PORT");

    private Broker() {}
}

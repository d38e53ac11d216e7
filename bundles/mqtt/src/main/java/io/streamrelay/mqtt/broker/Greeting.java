// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt.broker;

/**
 * How the broker answered a connection.
 *
 * @param sessionPresent whether it kept the session of an earlier connection: subscriptions and queued messages
 * @param publishMax how many publications may wait for their acknowledgement at once, at least 1; a few more are taken
 */
public record Greeting(boolean sessionPresent, int publishMax) {}

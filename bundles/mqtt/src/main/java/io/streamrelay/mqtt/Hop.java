// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

/**
 * Where a route leads a message.
 *
 * @param topic the topic on the other side
 * @param qos the route's QoS, 0 to 2
 */
record Hop(String topic, int qos) {}

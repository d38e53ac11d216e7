// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The bridge between a subcluster and the topics of an MQTT broker. A {@link io.streamrelay.mqtt.Bridge} lives on one
 * thread of its own; what comes from the broker passes through {@link io.streamrelay.mqtt.Outbound} into the mesh, what
 * comes from the mesh through {@link io.streamrelay.mqtt.Inbound} to the broker, and
 * {@link io.streamrelay.mqtt.Responsibility} says which of several bridges on one broker does the work.
 */
package io.streamrelay.mqtt;

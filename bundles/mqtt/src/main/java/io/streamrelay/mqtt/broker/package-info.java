// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/**
 * One connection to an MQTT broker, whatever its version: what the bridge needs of a client library, and the two Paho
 * clients behind it. Knows nothing of routes, subclusters or the mesh.
 */
package io.streamrelay.mqtt.broker;

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
/** The bridge between subclusters and the topics of an MQTT broker. */
package io.streamrelay.mqtt;

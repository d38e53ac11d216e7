// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.mqtt;

/**
 * The last message that a bridge left out since the mesh will never take it.
 *
 * @param topic the one that it was to have in the mesh
 * @param bytes of its payload
 * @param reason with the limit
 * @param atMs by the bridge's thread
 */
record LastRefused(String topic, int bytes, String reason, long atMs) {}

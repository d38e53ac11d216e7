// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api;

/**
 * A message was accepted: it is committed to the store and on its way.
 *
 * @param packetId the id of its (first) packet
 * @param packets how many packets carry it
 */
public record Receipt(Id packetId, int packets) {}

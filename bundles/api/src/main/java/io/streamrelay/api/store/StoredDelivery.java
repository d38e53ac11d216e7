// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

/**
 * A message that waits for a consumer.
 *
 * @param consumer the consumer's name, unique in the node
 * @param number its place in the consumer's queue, rising
 * @param bytes the message, encoded by the node; not copied
 * @param ageMs how long it has waited, in milliseconds, as {@link StoredPacket#ageMs}: when it is put, or when it is read
 */
public record StoredDelivery(String consumer, long number, byte[] bytes, long ageMs) {}

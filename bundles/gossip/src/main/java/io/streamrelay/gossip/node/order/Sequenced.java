// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node.order;

/**
 * An item and its place in its sender's order.
 *
 * @param sequence from 1 within the sender's epoch
 * @param bytes what it holds in memory
 * @param arrivedMs when it came, monotonic, in milliseconds
 */
public record Sequenced<T>(long sequence, T item, int bytes, long arrivedMs) {}

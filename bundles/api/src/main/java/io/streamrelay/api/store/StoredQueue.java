// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

/**
 * What waits for one consumer, in sum.
 *
 * @param deliveries how many
 * @param bytes of all of them
 * @param lastNumber the highest number among them, 0 when none waits
 */
public record StoredQueue(long deliveries, long bytes, long lastNumber) {

    /** Nothing waits. */
    public static final StoredQueue EMPTY = new StoredQueue(0, 0, 0);
}

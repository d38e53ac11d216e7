// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredDelivery;

/**
 * A delivery in memory.
 *
 * @param delivery as it was put
 * @param putMs when it was put, by a monotonic clock
 */
record HeldDelivery(StoredDelivery delivery, long putMs) {

    int length() {
        return delivery.bytes().length;
    }

    /** The delivery with its age as of now. */
    StoredDelivery at(long nowMs) {
        return new StoredDelivery(
                delivery.consumer(), delivery.number(), delivery.bytes(), delivery.ageMs() + nowMs - putMs);
    }
}

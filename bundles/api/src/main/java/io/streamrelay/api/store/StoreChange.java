// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import io.streamrelay.api.Id;

/** One change of a store. */
public sealed interface StoreChange {

    /** Keeps a packet; one that is already there is left as it is. */
    record PutPacket(StoredPacket packet) implements StoreChange {}

    /** Forgets a packet; one that is not there is no error. */
    record RemovePacket(Id id) implements StoreChange {}

    /** Remembers that a consumer exists. */
    record PutConsumer(String consumer) implements StoreChange {}

    /** Keeps a message for a consumer until it is removed. */
    record PutDelivery(StoredDelivery delivery) implements StoreChange {}

    /** The consumer has dealt with a message. */
    record RemoveDelivery(String consumer, long number) implements StoreChange {}

    /** Remembers a peer as the most recently heard; a store keeps the last 256. */
    record PutPeer(StoredPeer peer) implements StoreChange {}
}

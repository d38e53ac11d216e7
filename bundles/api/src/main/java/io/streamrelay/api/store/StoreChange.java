// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import io.streamrelay.api.Id;

/** One change of a store. */
public sealed interface StoreChange {

    /** Keeps a packet; one that is already there is left as it is. */
    record PutPacket(StoredPacket packet) implements StoreChange {}

    /** Somebody else holds a packet, too; one that is not there is no error. */
    record PacketPassedOn(Id id) implements StoreChange {}

    /** This node's own consumers have got a packet's message; one that is not there is no error. */
    record PacketDelivered(Id id) implements StoreChange {}

    /** Forgets a packet, but not that it was there; one that is not there is no error. */
    record RemovePacket(Id id) implements StoreChange {}

    /**
     * Forgets a packet that had to make room, and that it was there: it is welcome when it comes again. One that is
     * not there is no error.
     */
    record EvictPacket(Id id) implements StoreChange {}

    /** Remembers that a consumer exists. */
    record PutConsumer(String consumer) implements StoreChange {}

    /** Keeps a message for a consumer until it is removed. */
    record PutDelivery(StoredDelivery delivery) implements StoreChange {}

    /** The consumer has dealt with a message. */
    record RemoveDelivery(String consumer, long number) implements StoreChange {}

    /** Remembers a peer as the most recently heard; a store keeps the last 256. */
    record PutPeer(StoredPeer peer) implements StoreChange {}

    /**
     * Keeps something small that belongs to what is committed with it, in place of what the key had before.
     *
     * @param key 1 to 512 characters
     * @param value up to 65,536 bytes; not copied
     */
    record PutNote(String key, byte[] value) implements StoreChange {}

    /** Forgets a note; one that is not there is no error. */
    record RemoveNote(String key) implements StoreChange {}
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.api.store;

import io.streamrelay.api.Id;

/**
 * A packet as it is kept.
 *
 * @param id its packet id
 * @param bytes the packet's bytes, as received or as first made; not copied
 * @param own whether this node made it
 * @param passedOn whether somebody else is known to hold it
 * @param delivered whether this node's own consumers need it no more
 * @param ageMs how old it is, in milliseconds: when it is put, or when it is read
 * @param lifetimeMs how old it may become, in milliseconds
 * @param messages of an own one, how many messages begin in it, 1 to 65,536: an envelope may hold several
 */
public record StoredPacket(
        Id id,
        byte[] bytes,
        boolean own,
        boolean passedOn,
        boolean delivered,
        long ageMs,
        long lifetimeMs,
        int messages) {

    /** One that holds one message, as far as is known. */
    public StoredPacket(
            Id id, byte[] bytes, boolean own, boolean passedOn, boolean delivered, long ageMs, long lifetimeMs) {
        this(id, bytes, own, passedOn, delivered, ageMs, lifetimeMs, 1);
    }

    /** One that nobody else has got and no consumer here. */
    public static StoredPacket fresh(Id id, byte[] bytes, boolean own, long ageMs, long lifetimeMs) {
        return new StoredPacket(id, bytes, own, false, own, ageMs, lifetimeMs);
    }

    /** The same packet, in which so many messages begin. */
    public StoredPacket holding(int count) {
        return new StoredPacket(id, bytes, own, passedOn, delivered, ageMs, lifetimeMs, count);
    }

    /** The same packet, later. */
    public StoredPacket later(boolean isPassedOn, boolean isDelivered, long laterMs) {
        return new StoredPacket(id, bytes, own, isPassedOn, isDelivered, laterMs, lifetimeMs, messages);
    }
}

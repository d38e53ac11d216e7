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
 */
public record StoredPacket(
        Id id, byte[] bytes, boolean own, boolean passedOn, boolean delivered, long ageMs, long lifetimeMs) {

    /** One that nobody else has got and no consumer here. */
    public static StoredPacket fresh(Id id, byte[] bytes, boolean own, long ageMs, long lifetimeMs) {
        return new StoredPacket(id, bytes, own, false, own, ageMs, lifetimeMs);
    }
}

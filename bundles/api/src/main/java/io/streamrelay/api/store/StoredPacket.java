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
 * @param ageMs how old it was when it was stored, in milliseconds
 * @param lifetimeMs how old it may become, in milliseconds
 */
public record StoredPacket(Id id, byte[] bytes, boolean own, long ageMs, long lifetimeMs) {}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.store;

import io.streamrelay.api.store.StoredPacket;

/**
 * A packet in memory.
 *
 * @param packet as it was put, with the marks of later
 * @param putMs when it was put, by a monotonic clock
 */
record HeldPacket(StoredPacket packet, long putMs) {

    HeldPacket passedOn() {
        return new HeldPacket(packet.later(true, packet.delivered(), packet.ageMs()), putMs);
    }

    HeldPacket delivered() {
        return new HeldPacket(packet.later(packet.passedOn(), true, packet.ageMs()), putMs);
    }

    /** The packet with its age as of now. */
    StoredPacket at(long nowMs) {
        return packet.later(packet.passedOn(), packet.delivered(), packet.ageMs() + nowMs - putMs);
    }
}

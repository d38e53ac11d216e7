// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import java.nio.ByteBuffer;

/**
 * When in its sender's life a control packet was signed, without any clock.
 *
 * @param session a random number that the sender drew when it started
 * @param count how many packets it had signed since then, from 1
 */
record Stamp(long session, long count) {

    static final int BYTES = 2 * Long.BYTES;

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(session).putLong(count).array();
    }

    static Stamp of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Stamp(in.getLong(), in.getLong());
    }
}

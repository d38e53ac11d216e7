// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells the members of a subcluster, under its present key, which key comes next. Its topic begins with $, so that no
 * route carries it to a broker.
 *
 * @param former the id that the present key leads to
 * @param next the 32 bytes of the next key
 * @param overlap how long the present key still opens messages
 */
record KeyMessage(Id former, byte[] next, Duration overlap) {

    static final String TOPIC = "$srp/key";

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Id.BYTES + Id.BYTES + Integer.BYTES;

    Message message() {
        byte[] payload = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .put(former.bytes())
                .put(next)
                .putInt((int) overlap.toSeconds())
                .array();
        return Message.of(TOPIC, payload);
    }

    /** Empty when it is no such message, or of a version that is not known here. */
    static Optional<KeyMessage> of(Message message) {
        byte[] payload = message.payload();
        if (!message.topic().equals(TOPIC) || payload.length != BYTES || payload[0] != VERSION) {
            return Optional.empty();
        }
        byte[] next = Arrays.copyOfRange(payload, 1 + Id.BYTES, 1 + 2 * Id.BYTES);
        int seconds = ByteBuffer.wrap(payload).getInt(1 + 2 * Id.BYTES);
        return Optional.of(new KeyMessage(
                Id.of(Arrays.copyOfRange(payload, 1, 1 + Id.BYTES)), next, Duration.ofSeconds(Math.max(0, seconds))));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "KeyMessage[former=" + former + ", overlap=" + overlap + "]";
    }
}

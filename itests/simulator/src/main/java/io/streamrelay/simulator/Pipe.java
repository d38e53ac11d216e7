// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.OptionalLong;

/** One direction of a line: sends one datagram after the other, and drops what finds its queue full. */
final class Pipe {

    private final long bytesPerSecond;
    private final long queueBytes;
    private double freeAtMs;

    Pipe(long bytesPerSecond, long queueBytes) {
        this.bytesPerSecond = bytesPerSecond;
        this.queueBytes = queueBytes;
    }

    /** How long a datagram of that payload takes, waiting included, in ms; empty when it is dropped. */
    OptionalLong pass(int payloadBytes, long nowMs) {
        double waitMs = Math.max(0, freeAtMs - nowMs);
        if (waitMs * bytesPerSecond / 1e3 > queueBytes) {
            return OptionalLong.empty();
        }
        freeAtMs = nowMs + waitMs + 1e3 * (payloadBytes + Bandwidth.HEADER_BYTES) / bytesPerSecond;
        return OptionalLong.of((long) Math.ceil(freeAtMs - nowMs));
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The lines of the nodes that have no more than a certain bandwidth. */
final class Lines {

    private record Line(Pipe up, Pipe down) {}

    private final Map<Integer, Line> byNode = new HashMap<>();

    void bandwidth(int node, Bandwidth bandwidth) {
        byNode.put(
                node,
                new Line(
                        new Pipe(bandwidth.upBytesPerSecond(), bandwidth.queueBytes()),
                        new Pipe(bandwidth.downBytesPerSecond(), bandwidth.queueBytes())));
    }

    /** How many ms a datagram takes to leave a node; empty when it is dropped. */
    OptionalLong up(int node, int bytes, long nowMs) {
        Line line = byNode.get(node);
        return line == null ? OptionalLong.of(0) : line.up().pass(bytes, nowMs);
    }

    /** How many ms a datagram takes on its last mile; empty when it is dropped. */
    OptionalLong down(int node, int bytes, long nowMs) {
        Line line = byNode.get(node);
        return line == null ? OptionalLong.of(0) : line.down().pass(bytes, nowMs);
    }
}

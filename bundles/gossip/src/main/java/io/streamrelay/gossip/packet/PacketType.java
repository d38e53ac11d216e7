// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.packet;

/** What a packet is for: the byte at offset 4. */
public enum PacketType {
    /** "Are you there?", and the start of reflections and connections. */
    PING(1),
    /** The answer to a ping. */
    PONG(2),
    /** Makes two peers known to each other. */
    INTRO(3),
    /** "I take part in this subcluster." */
    JOIN(4),
    /** A message, or a part of one, for everybody in a subcluster. */
    PUBLISH(5),
    /** A message, or a part of one, for one peer. */
    STREAM(6),
    /** A summary of the packets that a peer holds. */
    SYNC(7),
    /** A question to the mesh, or its answer. */
    QUERY(8);

    private static final PacketType[] BY_WIRE = new PacketType[9];

    static {
        for (PacketType type : values()) {
            BY_WIRE[type.wire] = type;
        }
    }

    private final int wire;

    PacketType(int wire) {
        this.wire = wire;
    }

    /** The number on the wire, 1 to 8. */
    public int wire() {
        return wire;
    }

    /** The type with this number; null when there is none. */
    public static PacketType ofWire(int wire) {
        return wire < 0 || wire >= BY_WIRE.length ? null : BY_WIRE[wire];
    }
}

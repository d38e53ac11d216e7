// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;

/**
 * What the latest packets of large messages that one of our own nodes has told name as their next, by head and index: the
 * one after need not tell its id. Heads are known by their first 8 bytes: whoever makes two alike gains a checksum that is
 * wrong.
 */
final class NextIds {

    private long[] heads = {};
    private int[] indexes = {};
    private byte[][] nexts = {};
    private int last;

    /** Whether a packet belongs to a large message, and names the one after it. */
    static boolean hasNext(Packet packet) {
        return packet.index() >= 0 && packet.hasId(Field.NEXT) && packet.hasId(headField(packet));
    }

    /** What its head is known by. */
    static long head(Packet packet) {
        return start(packet, headField(packet));
    }

    /** What the id in one of its fields is known by. */
    static long start(Packet packet, Field field) {
        return ByteBuffer.wrap(packet.bytes()).getLong(packet.offset(field));
    }

    private static Field headField(Packet packet) {
        return packet.index() == 0 ? Field.PACKET : Field.PREVIOUS;
    }

    /** A packet has been told, whatever it is. */
    void learn(Packet packet) {
        if (!hasNext(packet)) {
            return;
        }
        if (heads.length == 0) {
            heads = new long[Limits.NEXT_IDS_HEARD_MAX];
            indexes = new int[Limits.NEXT_IDS_HEARD_MAX];
            nexts = new byte[Limits.NEXT_IDS_HEARD_MAX][];
        }
        last = (last + 1) % heads.length;
        heads[last] = head(packet);
        indexes[last] = packet.index();
        nexts[last] = packet.copy(Field.NEXT);
    }

    /** What the packet with that index names as its next, or null. */
    byte[] next(byte[] head, int index) {
        if (head.length != Id.BYTES) {
            return null;
        }
        long start = ByteBuffer.wrap(head).getLong();
        for (int back = 0; back < heads.length; back++) {
            int at = Math.floorMod(last - back, heads.length);
            if (heads[at] == start && indexes[at] == index && nexts[at] != null) {
                return nexts[at];
            }
        }
        return null;
    }
}

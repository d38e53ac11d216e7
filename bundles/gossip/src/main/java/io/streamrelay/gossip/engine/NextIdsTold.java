// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.nio.ByteBuffer;

/**
 * Which ids one of our own nodes knows, as the packets that were told to it last name them as their next: each is told once,
 * though two packets have it. Ids are known by their first 8 bytes.
 */
final class NextIdsTold {

    private static final byte NOT_SURE = 0;
    private static final byte TOLD = 1;
    private static final byte CAME = 2;

    private final long[] ids = new long[Limits.NEXT_IDS_TOLD_MAX];
    private final byte[] states = new byte[Limits.NEXT_IDS_TOLD_MAX];
    private int last;

    /** A packet leaves. */
    void told(Packet packet) {
        if (!hasNext(packet)) {
            return;
        }
        long id = start(packet, Field.NEXT);
        int at = find(id);
        if (at < 0) {
            last = (last + 1) % ids.length;
            ids[last] = id;
            states[last] = TOLD;
        } else if (states[at] == NOT_SURE) {
            states[at] = TOLD;
        }
    }

    /** A packet has come there. */
    void came(Packet packet) {
        int at = hasNext(packet) ? find(start(packet, Field.NEXT)) : -1;
        if (at >= 0) {
            states[at] = CAME;
        }
    }

    /** @param presumes whether what was told may be taken for come */
    boolean isKnown(Packet fragment, boolean presumes) {
        int at = find(start(fragment, Field.PACKET));
        return at >= 0 && (states[at] == CAME || states[at] == TOLD && presumes);
    }

    /** Something got lost: perhaps what was told. */
    void doubt() {
        for (int at = 0; at < ids.length; at++) {
            states[at] = states[at] == CAME ? CAME : NOT_SURE;
        }
    }

    /** The other may know none of them any more. */
    void forget() {
        for (int at = 0; at < ids.length; at++) {
            states[at] = NOT_SURE;
        }
    }

    private static boolean hasNext(Packet packet) {
        return packet.index() >= 0 && packet.hasId(Field.NEXT);
    }

    private static long start(Packet packet, Field field) {
        return ByteBuffer.wrap(packet.bytes()).getLong(packet.offset(field));
    }

    private int find(long id) {
        for (int at = 0; at < ids.length; at++) {
            if (ids[at] == id) {
                return at;
            }
        }
        return -1;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.util.Arrays;

/**
 * What the packets of large messages that one of our own nodes was told last name as their next, by head and index, as it
 * remembers them in {@link NextIds}: each id is told once, though two packets have it. Ids are known by their first 8 bytes.
 */
final class NextIdsTold {

    private static final byte NOT_SURE = 0;
    private static final byte TOLD = 1;
    private static final byte CAME = 2;

    private final long[] heads = new long[Limits.NEXT_IDS_TOLD_MAX];
    private final int[] indexes = new int[Limits.NEXT_IDS_TOLD_MAX];
    private final long[] nexts = new long[Limits.NEXT_IDS_TOLD_MAX];
    private final byte[] states = new byte[Limits.NEXT_IDS_TOLD_MAX];
    private int last;

    /** A packet leaves. */
    void told(Packet packet) {
        if (!NextIds.hasNext(packet)) {
            return;
        }
        int at = find(packet);
        if (at < 0) {
            last = (last + 1) % states.length;
            at = last;
            heads[at] = NextIds.head(packet);
            indexes[at] = packet.index();
            states[at] = NOT_SURE;
        }
        long next = NextIds.start(packet, Field.NEXT);
        boolean isNews = states[at] == NOT_SURE || nexts[at] != next;
        nexts[at] = next;
        states[at] = isNews ? TOLD : states[at];
    }

    /** A packet has come there. */
    void came(Packet packet) {
        int at = NextIds.hasNext(packet) ? find(packet) : -1;
        if (at >= 0 && nexts[at] == NextIds.start(packet, Field.NEXT)) {
            states[at] = CAME;
        }
    }

    /** @param presumes whether what was told may be taken for come */
    boolean isKnown(Packet fragment, boolean presumes) {
        int at = find(NextIds.head(fragment), fragment.index() - 1);
        return at >= 0
                && nexts[at] == NextIds.start(fragment, Field.PACKET)
                && (states[at] == CAME || states[at] == TOLD && presumes);
    }

    /** Something got lost: perhaps what was told. */
    void doubt() {
        for (int at = 0; at < states.length; at++) {
            states[at] = states[at] == CAME ? CAME : NOT_SURE;
        }
    }

    /** The other may know none of them any more. */
    void forget() {
        Arrays.fill(states, NOT_SURE);
    }

    private int find(Packet packet) {
        return find(NextIds.head(packet), packet.index());
    }

    private int find(long head, int index) {
        for (int at = 0; at < states.length; at++) {
            if (heads[at] == head && indexes[at] == index) {
                return at;
            }
        }
        return -1;
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Head;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import java.util.HashMap;
import java.util.Map;

/** The packets of one streamed message, until they are all there. */
final class StreamGathering {

    enum State {
        INCOMPLETE,
        WHOLE,
        BROKEN
    }

    record Outcome(State state, byte[] message) {}

    private static final Outcome INCOMPLETE = new Outcome(State.INCOMPLETE, null);
    private static final Outcome BROKEN = new Outcome(State.BROKEN, null);

    private final long sinceMs;
    private final Map<Integer, Packet> parts = new HashMap<>();

    StreamGathering(long sinceMs) {
        this.sinceMs = sinceMs;
    }

    long sinceMs() {
        return sinceMs;
    }

    int size() {
        return parts.size();
    }

    void add(Packet packet) {
        parts.put(Math.max(0, packet.index()), packet);
    }

    /** The single packet, or the head. */
    Packet first() {
        return parts.get(0);
    }

    /** Whether it is whole; ids are verified then, in their order. */
    Outcome outcome(int bytesMax) {
        Packet first = first();
        if (first == null) {
            return INCOMPLETE;
        }
        if (PacketIdCheck.check(first, null) != PacketIdCheck.Verdict.VALID) {
            return BROKEN;
        }
        if (first.index() < 0) {
            return new Outcome(State.WHOLE, first.copy(Field.MESSAGE));
        }
        if (!(Body.of(first) instanceof Head head) || head.size() > bytesMax) {
            return BROKEN;
        }
        return parts.size() <= head.indexes() ? INCOMPLETE : compose(head);
    }

    private Outcome compose(Head head) {
        byte[] whole = new byte[head.size()];
        int at = 0;
        for (int index = 1; index <= head.indexes(); index++) {
            Packet part = parts.get(index);
            if (part == null) {
                return INCOMPLETE;
            }
            int length = part.length(Field.MESSAGE);
            boolean genuine = PacketIdCheck.check(part, parts.get(index - 1)) == PacketIdCheck.Verdict.VALID;
            if (!genuine || at + length > whole.length) {
                return BROKEN;
            }
            System.arraycopy(part.bytes(), part.offset(Field.MESSAGE), whole, at, length);
            at += length;
        }
        return at == whole.length ? new Outcome(State.WHOLE, whole) : BROKEN;
    }
}

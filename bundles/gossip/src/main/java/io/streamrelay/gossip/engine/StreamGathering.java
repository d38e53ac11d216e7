// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Head;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packets of one fragmented message that is for this node alone, until they are all there. The head and each
 * fragment after it are verified by the one before: until that comes a fragment waits, and whoever sends a wrong one
 * in its place does not keep the right one out.
 */
final class StreamGathering {

    private final Peer source;
    private final long sinceMs;
    private final int bytesMax;
    private final List<Packet> chain = new ArrayList<>();
    private final Map<Integer, List<Packet>> waiting = new HashMap<>();
    private int waitingCount;
    private Head head;

    /**
     * @param source the neighbour that its first packet came from
     * @param bytesMax the largest message that is composed
     */
    StreamGathering(Peer source, long sinceMs, int bytesMax) {
        this.source = source;
        this.sinceMs = sinceMs;
        this.bytesMax = bytesMax;
    }

    Peer source() {
        return source;
    }

    long sinceMs() {
        return sinceMs;
    }

    /** How many packets are kept. */
    int size() {
        return chain.size() + waitingCount;
    }

    /** Takes a head or fragment; false when it is here already, or cannot be right. */
    boolean add(Packet packet) {
        boolean taken = packet.index() == 0 ? begin(packet) : await(packet);
        if (taken) {
            advance();
        }
        return taken;
    }

    private boolean begin(Packet packet) {
        if (!chain.isEmpty()
                || PacketIdCheck.check(packet, null) != PacketIdCheck.Verdict.VALID
                || !(Body.of(packet) instanceof Head body)
                || body.size() > bytesMax) {
            return false;
        }
        head = body;
        return chain.add(packet);
    }

    private boolean await(Packet packet) {
        List<Packet> rivals = waiting.getOrDefault(packet.index(), List.of());
        boolean unwanted = packet.index() < chain.size()
                || head != null && packet.index() > head.indexes()
                || rivals.size() == Limits.STREAM_RIVALS_MAX
                || rivals.stream().anyMatch(rival -> Arrays.equals(rival.withHops(0), packet.withHops(0)));
        if (unwanted) {
            return false;
        }
        waiting.computeIfAbsent(packet.index(), index -> new ArrayList<>()).add(packet);
        waitingCount++;
        return true;
    }

    private void advance() {
        List<Packet> rivals = chain.isEmpty() ? null : waiting.remove(chain.size());
        while (rivals != null) {
            waitingCount -= rivals.size();
            Packet previous = chain.get(chain.size() - 1);
            rivals.stream()
                    .filter(rival -> follows(rival, previous))
                    .findFirst()
                    .ifPresent(chain::add);
            rivals = waiting.remove(chain.size());
        }
    }

    private static boolean follows(Packet packet, Packet previous) {
        return packet.packetId() != null
                && packet.packetId().equals(previous.id(Field.NEXT))
                && PacketIdCheck.check(packet, previous) == PacketIdCheck.Verdict.VALID;
    }

    /** Null while it is not there. */
    Packet headPacket() {
        return chain.isEmpty() ? null : chain.get(0);
    }

    boolean isComplete() {
        return head != null && chain.size() > head.indexes();
    }

    /** The message of a complete chain, or null when it has not the size that its head says. */
    byte[] compose() {
        byte[] whole = new byte[head.size()];
        int at = 0;
        for (Packet part : chain.subList(1, head.indexes() + 1)) {
            int length = part.length(Field.MESSAGE);
            if (at + length > whole.length) {
                return null;
            }
            System.arraycopy(part.bytes(), part.offset(Field.MESSAGE), whole, at, length);
            at += length;
        }
        return at == whole.length ? whole : null;
    }
}

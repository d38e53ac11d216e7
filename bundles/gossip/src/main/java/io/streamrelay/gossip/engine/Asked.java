// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketIdCheck;
import io.streamrelay.gossip.packet.PacketType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An own question, and what has been answered to it so far. */
final class Asked {

    private final long token;
    private final Id query;
    private final Id wantedPacket;
    private final int answersMax;
    private final List<Action.Answer> answers = new ArrayList<>();
    private final Map<Id, StreamGathering> gatherings = new LinkedHashMap<>();

    /** @param wantedPacket the packet that it asks for, or null when it asks for something else */
    Asked(long token, Id query, Id wantedPacket, int answersMax) {
        this.token = token;
        this.query = query;
        this.wantedPacket = wantedPacket;
        this.answersMax = answersMax;
    }

    Id query() {
        return query;
    }

    boolean isSatisfied() {
        return answers.size() >= answersMax;
    }

    Action.Answered answered() {
        return new Action.Answered(token, List.copyOf(answers));
    }

    /**
     * Takes an answer's packet, which may be the whole answer or a part of it; false when it answers nothing.
     *
     * @param source which neighbour it came from
     * @param bytesMax the largest answer that is composed
     */
    boolean take(Packet answer, Peer source, long nowMs, int bytesMax) {
        // The ids of answers are those of publications (protocol-v6 §1.5).
        Packet published = answer.as(PacketType.PUBLISH).build();
        if (wantedPacket == null ? answer.index() < 0 : isWanted(published)) {
            return answers.add(new Action.Answer(answer.packetId(), answer.copy(Field.MESSAGE)));
        }
        return answer.index() >= 0 && gather(published, source, nowMs, bytesMax);
    }

    /** A packet that was asked for itself: a message or a fragment. A head stands for its message. */
    private boolean isWanted(Packet packet) {
        return packet.index() != 0
                && wantedPacket.equals(packet.packetId())
                && PacketIdCheck.check(packet, null) != PacketIdCheck.Verdict.INVALID;
    }

    private boolean gather(Packet packet, Peer source, long nowMs, int bytesMax) {
        Id head = packet.index() == 0 ? packet.packetId() : packet.id(Field.PREVIOUS);
        boolean refused = head == null
                || wantedPacket != null && !wantedPacket.equals(head)
                || !gatherings.containsKey(head) && gatherings.size() == Limits.ANSWERS_GATHERED_MAX;
        if (refused) {
            return false;
        }
        StreamGathering gathering =
                gatherings.computeIfAbsent(head, fresh -> new StreamGathering(source, nowMs, bytesMax));
        if (gathering.size() == Limits.ANSWER_PACKETS_MAX || !gathering.add(packet)) {
            return false;
        }
        byte[] whole = gathering.isComplete() ? gathering.compose() : null;
        if (whole != null) {
            gatherings.remove(head);
            answers.add(new Action.Answer(head, whole));
        }
        return true;
    }
}

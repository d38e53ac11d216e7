// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Packet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks a reference peer for the fragments that got lost on the way from it, a moment after the last one has come. Among
 * kin reconciliation finds them as soon; a reference peer would be compared with only every half minute.
 *
 * <p>It asks with summaries, each of which says that the one packet is not here. A query would do as well, but what a
 * reference peer has answered a query with it never gives anybody again as what it was (protocol-v6 D9).
 */
final class MissingFragments {

    /** The fragments of one message. */
    static final class Hunt {
        private final Id head;
        private Peer source;
        private long heardMs;
        private int attempts;

        private Hunt(Id head) {
            this.head = head;
        }
    }

    private final Turn turn;
    private final PeerTable peers;
    private final Fragments fragments;
    private final Admission admission;
    private final SyncDialogue dialogue;
    private final Map<Id, Hunt> hunts = new LinkedHashMap<>();

    MissingFragments(Turn turn, PeerTable peers, Fragments fragments, Admission admission, SyncDialogue dialogue) {
        this.turn = turn;
        this.peers = peers;
        this.fragments = fragments;
        this.admission = admission;
        this.dialogue = dialogue;
    }

    /** A part of a message has come, whether it is held already or waits for the part before it. */
    void arrived(Packet packet, Endpoint from) {
        Peer source = from == null ? null : peers.byEndpoint(from);
        Id head = packet.index() == 0 ? packet.packetId() : packet.id(Field.PREVIOUS);
        if (packet.index() < 0 || head == null || source == null || source.kin()) {
            return;
        }
        Hunt hunt = hunts.get(head);
        if (hunt == null) {
            if (hunts.size() == Limits.HUNTS_MAX) {
                return;
            }
            hunt = new Hunt(head);
            hunts.put(head, hunt);
            turn.schedule(Timer.FRAGMENTS, hunt, Timing.FRAGMENTS_QUIET_MS);
        }
        hunt.source = source;
        hunt.heardMs = turn.nowMs();
        hunt.attempts = 0;
    }

    /** Time to look whether anything is missing. */
    void due(Hunt hunt) {
        List<Id> missing = missing(hunt.head);
        if (missing.isEmpty() || hunt.attempts == Limits.HUNT_ATTEMPTS_MAX || !peers.contains(hunt.source)) {
            hunts.remove(hunt.head);
            return;
        }
        long pauseMs = Timing.FRAGMENTS_QUIET_MS << hunt.attempts / 2;
        long quietMs = turn.nowMs() - hunt.heardMs;
        if (quietMs >= Timing.FRAGMENTS_QUIET_MS) {
            missing.stream().limit(Limits.FRAGMENTS_ASKED_MAX).forEach(id -> dialogue.ask(hunt.source, id));
            turn.count("fragments-asked", Math.min(missing.size(), Limits.FRAGMENTS_ASKED_MAX));
            hunt.attempts++;
            turn.schedule(Timer.FRAGMENTS, hunt, pauseMs);
        } else {
            turn.schedule(Timer.FRAGMENTS, hunt, Timing.FRAGMENTS_QUIET_MS - quietMs);
        }
    }

    /** Each part names the one after it alone: of a gap only the first is known. */
    private List<Id> missing(Id head) {
        TreeMap<Integer, Packet> known = new TreeMap<>();
        admission.waitingFor(head).forEach(packet -> known.put(packet.index(), packet));
        fragments.parts(head).forEach(held -> known.put(held.packet().index(), held.packet()));
        List<Id> missing = new ArrayList<>();
        if (!known.isEmpty() && !known.containsKey(0)) {
            missing.add(head);
        }
        known.forEach((index, packet) -> {
            Id next = packet.id(Field.NEXT);
            if (next != null && !known.containsKey(index + 1)) {
                missing.add(next);
            }
        });
        return missing;
    }
}

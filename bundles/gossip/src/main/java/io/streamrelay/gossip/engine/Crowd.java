// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import java.util.Comparator;
import java.util.List;

/**
 * Lets peers take turns at a full table. Many nodes may know this one from their configuration and no other: each is
 * to be connected for long enough to be introduced to others. Whoever does not answer any more makes room first, for
 * where many come many have gone; then who has had its turn. The latter goes for one half of the table: those who came
 * first stay, however many others come.
 */
final class Crowd {

    private final Turn turn;
    private final PeerTable peers;
    private final Bootstrap bootstrap;
    private final BoundedMap<Id, Long> hadItsTurnMs = new BoundedMap<>(Limits.TURNS_REMEMBERED_MAX);
    private long lookedMs = Long.MIN_VALUE / 2;
    private int askedInVain;

    Crowd(Turn turn, PeerTable peers, Bootstrap bootstrap) {
        this.turn = turn;
        this.peers = peers;
        this.bootstrap = bootstrap;
    }

    /** Whether there is room for a node, or somebody would make room. */
    boolean takes(Id newcomer) {
        if (peers.byId(newcomer) != null) {
            return true;
        }
        askTheSilent();
        return !peers.isFull() || whoGoesFor(newcomer) != null;
    }

    /** The peer that has to go for a node, or null: nobody has to, or nobody can. */
    Peer makesRoomFor(Id newcomer) {
        Peer goes = peers.isFull() ? whoGoesFor(newcomer) : null;
        if (goes != null) {
            if (isGone(goes)) {
                askedInVain = 0;
            } else {
                hadItsTurnMs.put(goes.id(), turn.nowMs());
            }
            goes.makeRoom();
            turn.count("peer-made-room", 1);
        }
        return goes;
    }

    private Peer whoGoesFor(Id newcomer) {
        Peer gone = peers.all().stream()
                .filter(this::isGone)
                .filter(this::mayGo)
                .max(Comparator.comparingLong(this::silentMs))
                .orElse(null);
        return gone == null && isItsTurn(newcomer) ? longestThere() : gone;
    }

    private boolean isItsTurn(Id newcomer) {
        Long lastMs = hadItsTurnMs.get(newcomer);
        return lastMs == null || turn.nowMs() - lastMs >= Timing.TURN_PAUSE_MS;
    }

    /** The table is in the order in which they came. */
    private Peer longestThere() {
        return peers.all().stream()
                .skip(Limits.PEERS_STEADY)
                .filter(peer -> turn.nowMs() - peer.upMs() >= Timing.TURN_MS)
                .filter(this::mayGo)
                .findFirst()
                .orElse(null);
    }

    private boolean mayGo(Peer peer) {
        return !bootstrap.isConfigured(peer.endpoint());
    }

    private long silentMs(Peer peer) {
        return peer.silentMs(turn.nowMs());
    }

    private boolean isGone(Peer peer) {
        return peer.unanswered() >= Limits.CROWD_PINGS && peer.sincePingedMs(turn.nowMs()) >= answerMs(peer);
    }

    private static long answerMs(Peer peer) {
        return Math.max(Timing.ANSWER_FIRST_MS, 2 * peer.roundTripMs());
    }

    /** Where the table fills up, those who have been silent for longest are asked whether they are there. */
    private void askTheSilent() {
        if (peers.size() < Limits.PEERS_CROWDED || turn.nowMs() - lookedMs < lookPauseMs()) {
            return;
        }
        lookedMs = turn.nowMs();
        List<Peer> asked = peers.all().stream()
                .filter(peer -> silentMs(peer) >= Timing.CROWD_SILENCE_MS)
                .filter(peer -> peer.sincePingedMs(turn.nowMs()) >= answerMs(peer))
                .filter(peer -> !isGone(peer))
                .sorted(Comparator.comparingLong(this::silentMs).reversed())
                .limit(Limits.CROWD_ASKED)
                .toList();
        askedInVain += asked.size();
        asked.forEach(peer -> turn.raise(new Signal.PeerDoubted(peer)));
    }

    /** It doubles each time that all have been asked and nobody was found gone: a large network always knocks. */
    private long lookPauseMs() {
        return Math.min(Timing.CROWD_LOOK_MS << Math.min(askedInVain / Limits.PEERS_MAX, 10), Timing.CROWD_LOOK_MAX_MS);
    }
}

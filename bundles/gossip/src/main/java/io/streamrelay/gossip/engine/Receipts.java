// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells our own nodes what has come from them, when they ask, and asks them. What is held, but not on disk yet, has not
 * come: with the power it would be gone, and nobody would know that it lacks.
 */
final class Receipts {

    private static final int OWED_MAX = 2;

    /** A question, and the last of what had come before it and is on its way to disk. */
    private record Question(int number, CachedPacket last) {}

    private final Turn turn;
    private final PacketCache cache;
    private final Predicate<Id> underWayToDisk;
    /** The first and the last packet that asked, while they are on their way to disk: with the first some has come. */
    private final Map<Peer, Deque<CachedPacket>> owed = new LinkedHashMap<>();
    /** Whose questions wait until more can be taken: answers make others send. */
    private final Map<Peer, Integer> unanswered = new LinkedHashMap<>();
    /** Questions that wait for the disk, one for each peer: who hears nothing asks again. */
    private final Map<Peer, Question> questions = new LinkedHashMap<>();

    Receipts(Turn turn, PacketCache cache, Predicate<Id> underWayToDisk) {
        this.turn = turn;
        this.cache = cache;
        this.underWayToDisk = underWayToDisk;
    }

    /** A publication has come, whether it was known or not, and has been looked at. */
    void came(Peer peer, Packet packet) {
        Id id = packet.packetId();
        if (!peer.kin() || id == null) {
            return;
        }
        int flags = AgeStamp.flags(packet);
        peer.arrivals().came(id, (flags & AgeStamp.MORE) != 0, turn.nowMs());
        if ((flags & AgeStamp.ASKS) == 0) {
            return;
        }
        CachedPacket last = lastUnderWayToDisk(peer);
        if (last == null) {
            say(peer, 0);
        } else {
            owe(peer, last);
        }
    }

    private void owe(Peer peer, CachedPacket held) {
        Deque<CachedPacket> both = owed.computeIfAbsent(peer, key -> new ArrayDeque<>());
        if (both.size() == OWED_MAX) {
            both.pollLast();
        }
        both.add(held);
    }

    /** Something is on disk. */
    void committed() {
        settle(CachedPacket::isDurable, 0);
    }

    /** Something could not be committed. */
    void commitFailed() {
        settle(packet -> !underWayToDisk.test(packet.id()), Receipt.NOT_KEPT);
    }

    /** A packet is held no more, before it was on disk, perhaps. */
    void gone(CachedPacket packet) {
        settle(packet::equals, 0);
    }

    /** A peer has gone. */
    void peerDown(Peer peer) {
        owed.remove(peer);
        unanswered.remove(peer);
        questions.remove(peer);
    }

    private void settle(Predicate<CachedPacket> test, int number) {
        if (!questions.isEmpty()) {
            settleQuestions(test, number);
        }
        if (owed.isEmpty()) {
            return;
        }
        for (Peer peer : List.copyOf(owed.keySet())) {
            Deque<CachedPacket> both = owed.get(peer);
            if (both.removeIf(test)) {
                say(peer, number);
            }
            if (both.isEmpty()) {
                owed.remove(peer);
            }
        }
    }

    private void settleQuestions(Predicate<CachedPacket> test, int number) {
        for (Peer peer : List.copyOf(questions.keySet())) {
            Question question = questions.get(peer);
            if (test.test(question.last())) {
                questions.remove(peer);
                say(peer, number == 0 ? question.number() : number);
            }
        }
    }

    /**
     * Says what has come. Whoever asks takes what is not named then for lost: what is on its way to disk is waited for,
     * which may take a slow disk longer than the network.
     */
    void tell(Peer peer, int question) {
        CachedPacket last = question > 0 ? lastUnderWayToDisk(peer) : null;
        if (last == null) {
            say(peer, question);
        } else {
            questions.putIfAbsent(peer, new Question(question, last));
        }
    }

    private CachedPacket lastUnderWayToDisk(Peer peer) {
        CachedPacket last = null;
        for (Id id : peer.arrivals().ids()) {
            CachedPacket waits = waitsForDisk(id);
            last = waits == null ? last : waits;
        }
        return last;
    }

    /** The packet, when it is held, but not on disk yet. */
    private CachedPacket waitsForDisk(Id id) {
        return underWayToDisk.test(id) ? cache.get(id) : null;
    }

    /** While nothing more can be taken, later: who hears nothing sends next to nothing. */
    private void say(Peer peer, int number) {
        if (cache.isBehind()) {
            unanswered.merge(peer, number, (before, now) -> now == Receipt.FORGOTTEN ? before : now);
            return;
        }
        send(peer, number, safe(peer, number));
    }

    private List<Id> safe(Peer peer, int number) {
        List<Id> ids = peer.arrivals().ids();
        int end = ids.size();
        if (number != Receipt.AFRESH && number != Receipt.AFRESH_TOO) {
            // What left before something that is named is taken for lost: all that came before it has to be named, too.
            end = 0;
            while (end < ids.size() && waitsForDisk(ids.get(end)) == null) {
                end++;
            }
        }
        List<Id> safe = ids.subList(0, end);
        safe.removeIf(underWayToDisk);
        return safe;
    }

    /** More can be taken again. */
    void caughtUp() {
        Map<Peer, Integer> late = new LinkedHashMap<>(unanswered);
        unanswered.clear();
        late.forEach(this::say);
    }

    /** Asks what has come. */
    void ask(Peer peer, int question) {
        send(peer, new Receipt(true, question, List.of()));
    }

    private void send(Peer peer, int question, List<Id> ids) {
        send(
                peer,
                new Receipt(
                        false,
                        question,
                        ids.stream().map(Receipt::name).toList(),
                        peer.arrivals().isCut()));
    }

    private void send(Peer peer, Receipt receipt) {
        turn.send(peer.path(), receipt.encode());
    }
}

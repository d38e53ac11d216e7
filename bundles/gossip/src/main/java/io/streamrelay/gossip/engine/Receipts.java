// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

    /** A question, and the last of what had come before it and waits for the disk. */
    private record Question(int number, Id last, long askedMs) {}

    private final Turn turn;
    private final PacketCache cache;
    private final Predicate<Id> underWayToDisk;
    private final Predicate<Id> onItsWay = this::waitsForDisk;
    /** The first and the last packet that asked, while anything waits for the disk up to there: with the first some has come. */
    private final Map<Peer, Deque<Id>> owed = new LinkedHashMap<>();
    /** Questions that wait for the disk, one for each peer: who hears nothing asks again. */
    private final Map<Peer, Question> questions = new LinkedHashMap<>();
    /** From whom something has come that waits for the disk. */
    private final List<Peer> waiting = new ArrayList<>();
    /** Whose questions wait until more can be taken: answers make others send. */
    private final Map<Peer, Integer> unanswered = new LinkedHashMap<>();
    /** What has come in this event is not on its way to disk yet, but may be when all is done that it leads to. */
    private Id newest;

    private long newestIn;

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
        peer.arrivals().came((flags & AgeStamp.MORE) != 0, turn.nowMs());
        Landed landed = settled(peer);
        newest = id;
        newestIn = turn.number();
        CachedPacket held = cache.get(id);
        boolean isSafe = landed.came(id, held == null || held.isDurable() ? null : held);
        if (!isSafe) {
            waits(peer);
        }
        if ((flags & AgeStamp.ASKS) == 0) {
            return;
        }
        if (isSafe) {
            say(peer, 0);
        } else {
            owe(peer, id);
        }
    }

    private void waits(Peer peer) {
        if (!waiting.contains(peer)) {
            waiting.add(peer);
        }
    }

    private Landed settled(Peer peer) {
        Landed landed = peer.arrivals().landed();
        landed.settle(onItsWay);
        return landed;
    }

    private boolean waitsForDisk(Id packet) {
        return underWayToDisk.test(packet) || newestIn == turn.number() && packet.equals(newest);
    }

    private void owe(Peer peer, Id asking) {
        Deque<Id> both = owed.computeIfAbsent(peer, key -> new ArrayDeque<>());
        if (both.size() == OWED_MAX) {
            both.pollLast();
        }
        both.add(asking);
    }

    /** Something is on disk. */
    void committed() {
        settle(0);
    }

    /** Something could not be committed. */
    void commitFailed() {
        settle(Receipt.NOT_KEPT);
    }

    /** A peer has gone. */
    void peerDown(Peer peer) {
        owed.remove(peer);
        questions.remove(peer);
        waiting.remove(peer);
        unanswered.remove(peer);
    }

    private void settle(int number) {
        for (int at = waiting.size() - 1; at >= 0; at--) {
            Peer peer = waiting.get(at);
            Landed landed = settled(peer);
            if (landed.lastWaiting() == null) {
                waiting.remove(at);
            }
            Question question = questions.get(peer);
            boolean answers = question != null && landed.isSafe(question.last());
            if (answers) {
                questions.remove(peer);
            }
            if (pay(peer, landed) || answers) {
                say(peer, answers && number == 0 ? question.number() : number);
            }
        }
    }

    /** Whether it is to be told what one of its packets has asked. */
    private boolean pay(Peer peer, Landed landed) {
        Deque<Id> both = owed.get(peer);
        boolean pays = both != null && both.removeIf(landed::isSafe);
        if (pays && both.isEmpty()) {
            owed.remove(peer);
        }
        return pays;
    }

    /**
     * Says what has come. Whoever asks takes what is not named then for lost: what is on its way to disk is waited for, which
     * may take a slow disk longer than the network. For a disk that hangs nobody waits: it is as if it were full.
     */
    void tell(Peer peer, int question) {
        Landed landed = settled(peer);
        Id last = question > 0 ? landed.lastWaiting() : null;
        Question before = questions.get(peer);
        if (last == null) {
            say(peer, question);
        } else if (before == null) {
            questions.put(peer, new Question(question, last, turn.nowMs()));
            waits(peer);
        } else if (turn.nowMs() - before.askedMs() >= Timing.DISK_PATIENCE_MS && !cache.isBehind()) {
            questions.remove(peer);
            send(peer, Receipt.NOT_KEPT, landed.allBut(id -> false));
        }
    }

    /** While nothing more can be taken, later: who hears nothing sends next to nothing. */
    private void say(Peer peer, int number) {
        if (cache.isBehind()) {
            unanswered.merge(peer, number, (before, now) -> now == Receipt.FORGOTTEN ? before : now);
            return;
        }
        Landed landed = peer.arrivals().landed();
        boolean afresh = number == Receipt.AFRESH || number == Receipt.AFRESH_TOO;
        send(peer, number, afresh ? landed.allBut(onItsWay) : landed.names());
    }

    /** More can be taken again. */
    void caughtUp() {
        Map<Peer, Integer> late = new LinkedHashMap<>(unanswered);
        unanswered.clear();
        late.forEach(this::say);
    }

    /** Says whether what is new of a subcluster is to be pushed here. @param number {@link Receipt#SPARE} or {@link Receipt#WANTED} */
    void ofTree(Peer peer, int number, Id subcluster) {
        send(peer, new Receipt(false, number, List.of(Receipt.name(subcluster))));
    }

    /** Asks what has come. */
    void ask(Peer peer, int question) {
        send(peer, new Receipt(true, question, List.of()));
    }

    private void send(Peer peer, int question, List<Id> ids) {
        Landed landed = peer.arrivals().landed();
        List<Integer> names = ids.subList(Math.max(0, ids.size() - Receipt.NAMES_MAX), ids.size()).stream()
                .map(Receipt::name)
                .toList();
        // Who has nothing but what waits knows nothing of what came before.
        boolean cut = landed.isCut() || names.size() < ids.size() || ids.isEmpty() && !landed.isEmpty();
        send(peer, new Receipt(false, question, names, cut));
    }

    private void send(Peer peer, Receipt receipt) {
        turn.send(peer.path(), receipt.encode());
    }
}

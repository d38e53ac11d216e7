// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.JsonKind;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.QueryBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions to whoever is within reach, and the answers, each of which goes back the way that its question came.
 *
 * <pre>
 *   asker            relay            holder
 *   ── usr3 id, "1" ──►
 *                    ── the same, hops+1 ──►
 *                    ◄──── usr3 id, "2" ──
 *   ◄── the same, hops+1 ──
 * </pre>
 */
final class Queries {

    static final byte[] QUESTION = {'1'};
    static final byte[] ANSWER = {'2'};

    private final Turn turn;
    private final PeerTable peers;
    private final DirectSender sender;
    private final PeerClocks clocks;
    private final ReturnRoutes routes = new ReturnRoutes();
    private final Questions questions;
    private final Map<Id, Asked> asked = new LinkedHashMap<>();

    /** By their contents, which include the question's id: the reference sends answers around more than once. */
    private final SeenIds answersSeen = new SeenIds(Limits.QUERY_IDS);

    Queries(
            Turn turn,
            PeerTable peers,
            PacketCache cache,
            Fragments fragments,
            DirectSender sender,
            PeerClocks clocks) {
        this.turn = turn;
        this.peers = peers;
        this.sender = sender;
        this.clocks = clocks;
        this.questions = new Questions(turn, peers, cache, fragments, sender, routes, clocks);
    }

    /** The part that deals with others' questions. */
    Questions questions() {
        return questions;
    }

    /** Asks the neighbours; with none, or when too many questions are open, there is no answer. */
    void ask(Event.Query query) {
        Id id = randomId();
        Packet question = question(id, query.body());
        Id wanted = Body.of(question) instanceof QueryBody body ? body.packetId() : null;
        Asked open = new Asked(query.token(), id, wanted, query.answersMax());
        List<Peer> neighbours = peers.sample(Limits.FAN_OUT_ORIGIN, peer -> true, turn.random());
        if (neighbours.isEmpty() || asked.size() == Limits.QUERIES_MAX) {
            turn.act(open.answered());
            return;
        }
        questions.own(id);
        asked.put(id, open);
        turn.schedule(Timer.QUERY, open, query.patienceMs());
        neighbours.forEach(peer -> turn.send(peer.path(), question.bytes()));
    }

    private Packet question(Id id, byte[] body) {
        // With its own id before it, so that no reference peer takes it for the same question asked earlier.
        Packet.Builder question = Packet.builder(PacketType.QUERY)
                .hops(1)
                .set(Field.PREVIOUS, id)
                .set(Field.USR3, id)
                .set(Field.USR4, QUESTION)
                .message(body);
        if (clockIsBeyondDoubt()) {
            question.set(Field.USR1, Long.toString(turn.wallMs()).getBytes(StandardCharsets.US_ASCII));
        }
        return QuestionMark.set(question).build();
    }

    /** A reference peer drops what seems old by its own clock; a question without a time passes. */
    private boolean clockIsBeyondDoubt() {
        return turn.wallMs() >= Timing.CLOCK_PLAUSIBLE_MS
                && peers.all().stream().allMatch(peer -> clocks.aheadOfOursMs(peer) < Timing.CLOCK_DOUBT_MS);
    }

    private Id randomId() {
        byte[] id = new byte[Id.BYTES];
        turn.random().nextBytes(id);
        return Id.of(id);
    }

    void onQuery(Packet packet, Peer source) {
        Id query = packet.id(Field.USR3);
        if (query == null || packet.packetId() == null) {
            turn.drop(DropReason.ID_MISSING, source.endpoint());
        } else if (Arrays.equals(packet.copy(Field.USR4), QUESTION)) {
            questions.onQuestion(packet, query, source);
        } else if (Arrays.equals(packet.copy(Field.USR4), ANSWER) && packet.isSet(Field.MESSAGE)) {
            onAnswer(packet, query, source);
        } else {
            // Also a reference peer whose application has no answer: it says one zero byte (protocol-v6 D24).
            turn.drop(DropReason.BAD_VALUE, source.endpoint());
        }
    }

    private void onAnswer(Packet packet, Id query, Peer source) {
        Asked own = asked.get(query);
        Peer asker = own == null ? routes.asker(query, turn.nowMs()) : null;
        if (own == null && (asker == null || asker == source || !peers.contains(asker))) {
            turn.drop(DropReason.NO_ROUTE, source.endpoint());
        } else if (!answersSeen.add(packet.contentId())) {
            turn.drop(DropReason.DUPLICATE, source.endpoint());
        } else if (own == null) {
            passBack(packet, query, asker, source);
        } else if (!own.take(packet, source, turn.nowMs(), turn.config().messageBytesMax())) {
            turn.drop(DropReason.ID_MISMATCH, source.endpoint());
        } else if (own.isSatisfied()) {
            end(own);
        }
    }

    private void passBack(Packet answer, Id query, Peer asker, Peer source) {
        if (answer.hops() >= Limits.HOPS_MAX) {
            turn.drop(DropReason.HOPS_EXCEEDED, source.endpoint());
        } else if (!mayGoTo(asker, answer)) {
            turn.drop(DropReason.BAD_VALUE, source.endpoint());
        } else if (!routes.mayPass(query)) {
            turn.drop(DropReason.QUERY_BUDGET, source.endpoint());
        } else {
            sender.send(asker, List.of(answer.withHops(answer.hops() + 1)), null);
        }
    }

    /** Some answers end a reference peer that passes them on (protocol-v6 D37); kin reads none of them as JSON. */
    static boolean mayGoTo(Peer peer, Packet answer) {
        JsonKind kind = peer.kin() ? JsonKind.NONE : JsonKind.of(answer.copy(Field.MESSAGE));
        return kind == JsonKind.NONE || kind == JsonKind.VALUE && answer.index() <= 0;
    }

    /** An own question has waited long enough. */
    void due(Asked open) {
        if (asked.get(open.query()) == open) {
            end(open);
        }
    }

    private void end(Asked open) {
        asked.remove(open.query());
        turn.act(open.answered());
    }
}

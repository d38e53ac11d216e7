// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Id;
import io.streamrelay.gossip.packet.Body;
import io.streamrelay.gossip.packet.DropReason;
import io.streamrelay.gossip.packet.Field;
import io.streamrelay.gossip.packet.Head;
import io.streamrelay.gossip.packet.JsonKind;
import io.streamrelay.gossip.packet.Packet;
import io.streamrelay.gossip.packet.PacketType;
import io.streamrelay.gossip.packet.QueryBody;
import io.streamrelay.gossip.packet.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Others' questions: answered from the cache or by the application, or else passed on, each once. */
final class Questions {

    /** A question that the application thinks about. */
    private record Pending(Packet question, Peer source) {}

    private final Turn turn;
    private final PeerTable peers;
    private final PacketCache cache;
    private final Fragments fragments;
    private final DirectSender sender;
    private final ReturnRoutes routes;
    private final PeerClocks clocks;
    private final SeenIds seen = new SeenIds(Limits.QUERY_IDS);
    private final Map<Id, Pending> pending = new LinkedHashMap<>();
    private boolean answering;

    Questions(
            Turn turn,
            PeerTable peers,
            PacketCache cache,
            Fragments fragments,
            DirectSender sender,
            ReturnRoutes routes,
            PeerClocks clocks) {
        this.turn = turn;
        this.peers = peers;
        this.cache = cache;
        this.fragments = fragments;
        this.sender = sender;
        this.routes = routes;
        this.clocks = clocks;
    }

    /** Whether the application wants to be asked. */
    void answering(boolean wanted) {
        answering = wanted;
    }

    /** This node's own question: it is not to be taken when it comes round. */
    void own(Id query) {
        seen.add(query);
    }

    void onQuestion(Packet packet, Id query, Peer source) {
        DropReason refused = objection(packet, query, source);
        if (refused != null) {
            turn.drop(refused, source.endpoint());
            return;
        }
        seen.add(query);
        routes.open(query, source, turn.nowMs());
        CachedPacket asked = askedFor(packet);
        if (asked != null) {
            serve(asked, packet, source);
        } else if (answering && pending.size() < Limits.QUESTIONS_PENDING_MAX) {
            pending.put(query, new Pending(packet, source));
            turn.schedule(Timer.THINKING, query, Timing.THINKING_MS);
            turn.act(new Action.Asked(query, packet.copy(Field.MESSAGE)));
        } else {
            passOn(packet, source);
        }
    }

    private DropReason objection(Packet packet, Id query, Peer source) {
        if (seen.contains(query)) {
            return DropReason.DUPLICATE;
        }
        if (packet.index() != -1 || JsonKind.of(packet.copy(Field.MESSAGE)) == JsonKind.NULL) {
            return DropReason.BAD_VALUE;
        }
        if (isOld(packet, source)) {
            return DropReason.QUERY_OLD;
        }
        return source.questions().tryTake(turn.nowMs()) ? null : DropReason.QUERY_BUDGET;
    }

    /**
     * Only the neighbour that asked itself can be held to the time that it says, and only by its own clock. Kin need
     * not be: that each question passes once, and at most 16 hops, is what keeps questions from going on for ever.
     */
    private boolean isOld(Packet packet, Peer source) {
        Long asked = stampMs(packet);
        if (asked == null || packet.hops() > 1 || source.kin()) {
            return false;
        }
        long ageMs = clocks.ageMs(source, asked);
        return ageMs > Timing.QUESTION_AGE_MS && ageMs < Timing.CLOCK_STEP_MS;
    }

    /** What usr1 says, or null when it says no time. */
    private static Long stampMs(Packet packet) {
        String text = new String(packet.copy(Field.USR1), StandardCharsets.US_ASCII);
        return text.matches("[0-9]{1,16}") ? Long.valueOf(text) : null;
    }

    private CachedPacket askedFor(Packet packet) {
        return Body.of(packet) instanceof QueryBody body && body.packetId() != null ? cache.get(body.packetId()) : null;
    }

    /** Sends copies: what is held stays what it is (protocol-v6 D9). Kin gets with a head all that goes with it. */
    private void serve(CachedPacket asked, Packet question, Peer source) {
        List<byte[]> answers = new ArrayList<>();
        addAnswer(answers, asked, question, source);
        if (asked.packet().index() == 0
                && QuestionMark.isSet(question)
                && Body.of(asked.packet()) instanceof Head head) {
            for (int index = 1; index <= head.indexes(); index++) {
                addAnswer(answers, fragments.part(asked.id(), index), question, source);
            }
        }
        turn.count("query-served", 1);
        sender.send(source, answers, null);
    }

    private void addAnswer(List<byte[]> answers, CachedPacket held, Packet question, Peer source) {
        if (held == null) {
            return;
        }
        Packet answer = held.packet()
                .as(PacketType.QUERY)
                .hops(1)
                .set(Field.USR3, question.copy(Field.USR3))
                .set(Field.USR4, Queries.ANSWER)
                .build();
        if (Queries.mayGoTo(source, answer)) {
            answers.add(answer.bytes());
        }
    }

    /** What the application says; null is nothing. */
    void answer(Id query, byte[] body) {
        Pending asked = pending.remove(query);
        if (asked == null) {
            return;
        }
        if (body == null || !peers.contains(asked.source())) {
            passOn(asked.question(), asked.source());
            return;
        }
        Packet.Builder header =
                Packet.builder(PacketType.QUERY).hops(1).set(Field.USR3, query).set(Field.USR4, Queries.ANSWER);
        Packet answer = Splitter.split(header, body, 0).get(0);
        sender.send(asked.source(), List.of(answer.bytes()), null);
    }

    /** The application has thought long enough. */
    void thinkingDue(Id query) {
        answer(query, null);
    }

    private void passOn(Packet question, Peer source) {
        if (question.hops() >= Limits.HOPS_MAX) {
            turn.drop(DropReason.HOPS_EXCEEDED, source.endpoint());
            return;
        }
        byte[] bytes = question.withHops(question.hops() + 1);
        peers.sample(Limits.FAN_OUT_CONTROL, peer -> peer != source, turn.random())
                .forEach(peer -> turn.send(peer.path(), bytes));
    }
}

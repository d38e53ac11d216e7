// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.NatType;
import io.streamrelay.api.transport.SocketId;
import io.streamrelay.gossip.packet.Pong;
import java.util.EnumMap;
import java.util.Map;

/**
 * Finds out what stands before this node, with the help of two peers (protocol-v6 §3.8).
 *
 * <pre>
 *   we                                                        first          second
 *   probe ── ping isProbe, "where do you see this socket?" ──►│               │
 *   probe ◄─────────────── pong: the probe socket's port P ───│               │
 *   main  ── ping probeExternalPort = P ─────────────────────►│──────────────►│
 *   main  ◄─────────────────────────── pong: main's address ──│◄──────────────│    differ: 5
 *   P     ◄───────── pong from its probe socket, if let in ───│◄──────────────│    second's: 31, first's: 15, none: 7
 * </pre>
 *
 * Questions are repeated until enough is known. There is one timer, whoever is asked, and every state has a way back
 * to rest when it is due, so that nothing that is lost, or sent by somebody else, can stop it.
 */
final class Reflection {

    private enum State {
        /** Waits for the next attempt. */
        RESTING,
        /** Has asked the first responder for the probe socket's external port. */
        ASKING_PORT,
        /** Has asked both for an answer and a probe. */
        PROBING
    }

    private enum Cue {
        PROBING_PAIR_FOUND,
        MAPPING_PAIR_FOUND,
        NO_PAIR_FOUND,
        PORT_TOLD,
        ROUND_OVER,
        ROUNDS_SPENT,
        DECIDED,
        MOVED
    }

    private record Step(State next, Runnable action) {}

    private final Turn turn;
    private final SelfView self;
    private final ControlPackets packets;
    private final Responders responders;
    private final Map<State, Map<Cue, Step>> steps = new EnumMap<>(State.class);
    private State state = State.RESTING;
    private ReflectionAttempt attempt;
    private NatType unconfirmed;
    private Endpoint basis;
    private long dueMs = Long.MAX_VALUE;
    private long retryMs = Timing.REFLECTION_RETRY_MS;
    private long againMs = Timing.REFLECTION_AGAIN_MS;

    Reflection(Turn turn, PeerTable peers, SelfView self, ControlPackets packets) {
        this.turn = turn;
        this.self = self;
        this.packets = packets;
        this.responders = new Responders(turn, peers, self);

        step(State.RESTING, Cue.PROBING_PAIR_FOUND, State.ASKING_PORT, this::askPort);
        step(State.RESTING, Cue.MAPPING_PAIR_FOUND, State.PROBING, this::askBoth);
        step(State.RESTING, Cue.NO_PAIR_FOUND, State.RESTING, this::rest);
        step(State.RESTING, Cue.MOVED, State.RESTING, this::beginAnew);
        step(State.ASKING_PORT, Cue.PORT_TOLD, State.PROBING, this::askBoth);
        step(State.ASKING_PORT, Cue.ROUND_OVER, State.ASKING_PORT, this::askPort);
        step(State.ASKING_PORT, Cue.ROUNDS_SPENT, State.RESTING, this::fail);
        step(State.ASKING_PORT, Cue.MOVED, State.RESTING, this::beginAnew);
        step(State.PROBING, Cue.ROUND_OVER, State.PROBING, this::askBoth);
        step(State.PROBING, Cue.DECIDED, State.RESTING, this::conclude);
        step(State.PROBING, Cue.ROUNDS_SPENT, State.RESTING, this::fail);
        step(State.PROBING, Cue.MOVED, State.RESTING, this::beginAnew);
    }

    private void step(State in, Cue cue, State next, Runnable action) {
        steps.computeIfAbsent(in, state -> new EnumMap<>(Cue.class)).put(cue, new Step(next, action));
    }

    private void take(Cue cue) {
        Step step = steps.get(state).get(cue);
        if (step != null) {
            state = step.next();
            step.action().run();
        }
    }

    /** A peer is connected: it may be the one that was missing. */
    void peerUp() {
        if (state == State.RESTING && self.measured() == NatType.UNKNOWN) {
            retryMs = Timing.REFLECTION_RETRY_MS;
            wakeWithin(Timing.REFLECTION_SETTLE_MS);
        }
    }

    /** Others see this node elsewhere, or its own addresses are others: what was found may no longer hold. */
    void moved() {
        Endpoint now = self.reflexive();
        boolean sameAddress = basis != null && now != null && basis.address() == now.address();
        boolean samePort = sameAddress && basis.port() == now.port();
        basis = now;
        // A port alone is each peer's own behind a symmetric NAT; an attempt compares ports that it has just asked for.
        if (!sameAddress || !samePort && state == State.RESTING && self.measured() != NatType.ENDPOINT_RESTRICTED) {
            take(Cue.MOVED);
        }
    }

    /** The probe socket has sent there for another reason: to answer somebody else's reflection. */
    void probeSent(Endpoint to) {
        responders.probed(to);
    }

    /** This host's addresses have changed. */
    void relocated() {
        take(Cue.MOVED);
    }

    /** The timer: only that of the latest deadline counts. */
    void due() {
        if (turn.nowMs() < dueMs) {
            return;
        }
        dueMs = Long.MAX_VALUE;
        take(
                switch (state) {
                    case RESTING -> choose();
                    case ASKING_PORT -> roundOver(Limits.REFLECTION_PORT_ROUNDS);
                    case PROBING -> attempt.isDecided() ? Cue.DECIDED : roundOver(Limits.REFLECTION_ROUNDS);
                });
    }

    private Cue roundOver(int roundsMax) {
        return attempt.rounds() < roundsMax ? Cue.ROUND_OVER : Cue.ROUNDS_SPENT;
    }

    private Cue choose() {
        Responders.Pair pair = self.isFixed() ? null : responders.next();
        if (pair == null) {
            return Cue.NO_PAIR_FOUND;
        }
        attempt = new ReflectionAttempt(pair, packets.randomId(), packets.randomId());
        return pair.probes() ? Cue.PROBING_PAIR_FOUND : Cue.MAPPING_PAIR_FOUND;
    }

    private void askPort() {
        ReflectionAttempt.Witness first = attempt.first();
        responders.probed(first.endpoint());
        turn.send(
                new Path(SocketId.PROBE, first.endpoint()), packets.portQuestion(attempt.portId(), packets.randomId()));
        nextRound(Timing.REFLECTION_PORT_MS);
    }

    private void askBoth() {
        for (ReflectionAttempt.Witness witness : attempt.witnesses()) {
            if (attempt.isOpen(witness)) {
                String pingId = packets.randomId();
                witness.asked(pingId);
                turn.send(
                        Path.main(witness.endpoint()),
                        packets.probeQuestion(attempt.probeId(), pingId, attempt.probePort()));
            }
        }
        nextRound(Timing.REFLECTION_ROUND_MS);
    }

    /** A far responder gets time to answer before it is asked again. */
    private void nextRound(long pauseMs) {
        attempt.round();
        long far = Math.min(attempt.roundTripMs(), Timing.REFLECTION_ROUND_MAX_MS);
        wakeIn(Math.max(pauseMs, far));
    }

    /** A pong that came to the main socket, after everybody else has looked at it. */
    void answered(Path from, Pong pong) {
        if (state == State.PROBING && from.socket().equals(SocketId.MAIN)) {
            attempt.answer(from.remote(), pong);
            decideIfProven();
        }
    }

    /** A pong that came to the probe socket; whether it answers a question of the latest attempt, if only too late. */
    boolean probed(Endpoint from, Pong pong) {
        if (state == State.ASKING_PORT && attempt.tellsPort(from, pong)) {
            take(Cue.PORT_TOLD);
        } else if (state == State.PROBING) {
            attempt.probe(from, pong);
            decideIfProven();
        }
        return hasAsked(pong);
    }

    /** Whether a pong answers a question of the latest attempt. */
    boolean hasAsked(Pong pong) {
        return attempt != null && attempt.hasAsked(pong);
    }

    private void decideIfProven() {
        if (attempt.isProven()) {
            take(Cue.DECIDED);
        }
    }

    /** A changed verdict holds only when the next attempt, with another pair if there is one, comes to the same. */
    private void conclude() {
        if (!attempt.witnesses().stream().allMatch(witness -> self.isJudgedBy(witness.endpoint(), witness.seen()))) {
            fail();
            return;
        }
        NatType verdict = attempt.verdict(self.measured());
        if (verdict == self.measured() || verdict == unconfirmed) {
            settle(verdict);
            return;
        }
        unconfirmed = verdict;
        attempt.witnesses().stream()
                .filter(witness -> !witness.probed())
                .forEach(witness -> responders.strike(witness.endpoint()));
        wakeIn(Timing.REFLECTION_SETTLE_MS);
    }

    private void settle(NatType verdict) {
        unconfirmed = null;
        retryMs = Timing.REFLECTION_RETRY_MS;
        againMs = verdict == self.measured()
                ? Math.min(2 * againMs, Timing.REFLECTION_AGAIN_MAX_MS)
                : Timing.REFLECTION_AGAIN_MS;
        attempt.witnesses().forEach(witness -> responders.served(witness.endpoint()));
        self.measured(verdict);
        rest();
    }

    private void fail() {
        attempt.owing().forEach(witness -> responders.strike(witness.endpoint()));
        wakeIn(turn.jittered(retryMs));
        retryMs = Math.min(2 * retryMs, Timing.PROBE_FADES_MS);
    }

    private void beginAnew() {
        unconfirmed = null;
        retryMs = Timing.REFLECTION_RETRY_MS;
        againMs = Timing.REFLECTION_AGAIN_MS;
        wakeWithin(Timing.REFLECTION_SETTLE_MS);
    }

    private void rest() {
        boolean known = self.isFixed() || self.measured() != NatType.UNKNOWN;
        wakeIn(turn.jittered(known ? againMs : Timing.REFLECTION_LOOK_MS));
    }

    private void wakeWithin(long delayMs) {
        if (dueMs - turn.nowMs() > delayMs) {
            wakeIn(delayMs);
        }
    }

    private void wakeIn(long delayMs) {
        dueMs = turn.nowMs() + delayMs;
        turn.schedule(Timer.REFLECTION, null, delayMs);
    }
}

// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.engine;

import io.streamrelay.api.Endpoint;
import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.packet.DropReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the algorithms have in common while one event is handled: the time and settings that hold, the chance that
 * they may use, and what they want done afterwards.
 */
final class Turn {

    private final RandomGenerator random;
    private final AmplificationGuard guard = new AmplificationGuard();
    private final TimerQueue timers = new TimerQueue();
    private final Deque<Signal> signals = new ArrayDeque<>();
    private List<Action> actions = new ArrayList<>();
    private List<StoreChange> changes = new ArrayList<>();
    private List<Action.LetGo> letGo = new ArrayList<>();
    private EngineConfig config;
    private Now now = new Now(0, 0);
    private long number;

    Turn(EngineConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
    }

    void begin(Now at) {
        now = at;
        number++;
    }

    /** Which event is handled: no other has the same. */
    long number() {
        return number;
    }

    /** What is to be done, in order; changes of the store that nobody waits for come last, as one, and what is let go. */
    List<Action> end() {
        if (!changes.isEmpty()) {
            actions.add(new Action.Persist(0, changes));
            changes = new ArrayList<>();
        }
        if (!letGo.isEmpty()) {
            actions.addAll(letGo);
            letGo = new ArrayList<>();
        }
        List<Action> done = actions;
        actions = new ArrayList<>();
        return done;
    }

    EngineConfig config() {
        return config;
    }

    void config(EngineConfig changed) {
        config = changed;
    }

    RandomGenerator random() {
        return random;
    }

    long nowMs() {
        return now.monotonicMs();
    }

    long wallMs() {
        return now.wallMs();
    }

    /** Whether the wall clock was ever set: a gateway without a battery boots in 1970. */
    boolean wallIsPlausible() {
        return wallMs() >= Timing.PLAUSIBLE_WALL_MS;
    }

    TimerQueue timers() {
        return timers;
    }

    void schedule(Timer timer, Object subject, long delayMs) {
        timers.schedule(nowMs() + delayMs, timer, subject);
    }

    /** A duration that differs by up to a tenth from the given one, so that nodes do not march in step. */
    long jittered(long durationMs) {
        return durationMs - durationMs / 10 + random.nextLong(Math.max(1, durationMs / 5));
    }

    void act(Action action) {
        actions.add(action);
    }

    /** What unproven addresses may be sent. */
    AmplificationGuard guard() {
        return guard;
    }

    /** Sends to a connected peer, or to an address that the user or the store has named. */
    void send(Path path, byte[] bytes) {
        actions.add(new Action.Send(path.socket(), path.remote(), bytes));
    }

    /**
     * Sends to an address that is known from a datagram alone, if its credit allows.
     *
     * @return false when it was not sent
     */
    boolean sendUnproven(Path path, byte[] bytes) {
        return sendIf(guard.tryCharge(path.remote(), bytes.length, nowMs()), path, bytes);
    }

    /** As {@link #sendUnproven}, but its headers are not charged: {@link Traversal} has a budget of its own for them. */
    boolean punch(Path path, byte[] bytes) {
        return sendIf(guard.tryChargeContent(path.remote(), bytes.length, nowMs()), path, bytes);
    }

    private boolean sendIf(boolean allowed, Path path, byte[] bytes) {
        if (allowed) {
            send(path, bytes);
        } else {
            count("unproven-withheld", 1);
        }
        return allowed;
    }

    void persist(StoreChange change) {
        changes.add(change);
    }

    void letGo(Action.LetGo packet) {
        letGo.add(packet);
    }

    void observe(Observation observation) {
        actions.add(new Action.Observe(observation));
    }

    void count(String counter, long amount) {
        observe(new Observation.Counted(counter, amount));
    }

    void drop(DropReason reason, Endpoint from) {
        observe(new Observation.Dropped(reason, from));
    }

    /** Packets had to go because room was needed. */
    void raise(Signal signal) {
        signals.add(signal);
    }

    /** The next signal to route, or null. */
    Signal nextSignal() {
        return signals.poll();
    }
}

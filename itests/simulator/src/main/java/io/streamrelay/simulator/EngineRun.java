// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.api.store.StoreChange;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Engine;
import io.streamrelay.gossip.engine.Event;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/** One life of an engine, from its start to its stop or crash: brings it events and carries out its actions. */
final class EngineRun {

    /** More timers due within one millisecond than this, and the engine is taken to spin. */
    private static final int TIMERS_PER_MS_MAX = 1_000;

    /** A name server answers within this. */
    private static final long RESOLVE_MAX_MS = 200;

    private static final long UNARMED = Long.MAX_VALUE;

    private final World world;
    private final VirtualNode node;
    private final Engine engine;
    private final RandomGenerator delays;
    private final Queue<Action.Persist> commits = new ArrayDeque<>();
    private final Queue<Runnable> postponed = new ArrayDeque<>();
    private HostClock clock;
    private SleepClock clockInSleep;
    private long asleepSinceMs;
    private boolean ended;
    private long lastCommitMs;
    private long laneFreeMs;
    private long armedMs = UNARMED;
    private long timersAtMs;
    private int timersInThisMs;

    EngineRun(World world, VirtualNode node, HostClock clock, int boot) {
        this.world = world;
        this.node = node;
        this.clock = clock;
        String purpose = "node " + node.number() + " boot " + boot;
        engine = new Engine(
                node.config(),
                world.chance().of(purpose + " engine"),
                new StandInSigner(world.peerIds().key(node.number())),
                boot);
        delays = world.chance().of(purpose + " delays");
    }

    Engine engine() {
        return engine;
    }

    HostClock clock() {
        return clock;
    }

    void clock(HostClock changed) {
        clock = changed;
    }

    boolean isAsleep() {
        return clockInSleep != null;
    }

    /** Nothing happens any more until {@link #wake}. */
    void sleep(SleepClock monotonic) {
        clockInSleep = monotonic;
        asleepSinceMs = world.time().nowMs();
    }

    /** What was due in the meantime happens now. */
    void wake() {
        if (clockInSleep == SleepClock.STANDS_STILL) {
            clock = clock.behind(world.time().nowMs() - asleepSinceMs);
        }
        clockInSleep = null;
        for (Runnable due = postponed.poll(); due != null; due = postponed.poll()) {
            due.run();
        }
        armedMs = UNARMED;
        arm();
    }

    /** Has something done at that time, or on waking up when the host sleeps then. */
    private void at(long atMs, Runnable action) {
        world.time().at(atMs, () -> {
            if (isAsleep()) {
                postponed.add(action);
            } else {
                action.run();
            }
        });
    }

    /** Brings one event; all that the engine wants done is done when this returns. */
    void handle(Event event) {
        if (!ended) {
            engine.handle(event, clock.now(world.time().nowMs())).forEach(this::carryOut);
            arm();
        }
    }

    /** Ends this life as a clean stop does: what was handed to the store gets there. */
    void close() {
        handle(new Event.Closing());
        end();
        commits.stream().filter(commit -> node.diskWorks()).forEach(commit -> write(commit.changes()));
    }

    /** Ends this life as a power cut does: what is not on disk yet is gone. */
    void end() {
        ended = true;
    }

    private void carryOut(Action action) {
        if (action instanceof Action.Send send) {
            send(send);
        } else if (action instanceof Action.Persist persist) {
            persist(persist);
        } else if (action instanceof Action.Accepted accepted) {
            world.watcher().accepted(node, world.messages().byToken(accepted.token()));
        } else if (action instanceof Action.Refused refused) {
            world.watcher().refused(node, world.messages().byToken(refused.token()), refused.reason());
        } else if (action instanceof Action.Deliver deliver) {
            onLane(world.options().openMs(), () -> deliver(deliver.message()));
        } else if (action instanceof Action.LetGo gone) {
            onLane(0, () -> persist(new Action.Persist(0, List.of(new StoreChange.RemovePacket(gone.packet())))));
        } else if (action instanceof Action.Resolve resolve) {
            resolve(resolve);
        } else if (action instanceof Action.Asked asked) {
            at(world.time().nowMs() + 1, () -> handle(node.questions().answer(asked)));
        } else if (action instanceof Action.Answered answered) {
            node.questions().ended(answered);
        } else if (action instanceof Action.OpenSocket open) {
            node.sockets().open(open.socket());
        } else if (action instanceof Action.CloseSocket close) {
            node.sockets().close(close.socket());
        } else if (action instanceof Action.Observe observe) {
            world.watcher().observed(node, observe.observation());
        }
    }

    private void send(Action.Send send) {
        if (!node.sockets().isOpen(send.socket())) {
            return;
        }
        world.watcher().sent(node, send.socket(), send.to(), send.bytes());
        world.network().send(node.number(), node.sockets().endpoint(send.socket()), send.to(), send.bytes());
    }

    private void persist(Action.Persist persist) {
        commits.add(persist);
        long dueMs = world.time().nowMs() + 1 + delays.nextLong(world.options().commitMaxMs());
        lastCommitMs = Math.max(Math.max(lastCommitMs, node.diskStallsUntilMs()), dueMs);
        at(lastCommitMs, this::commit);
    }

    private void commit() {
        if (ended) {
            return;
        }
        Action.Persist persist = commits.remove();
        if (node.diskWorks()) {
            write(persist.changes());
        }
        if (persist.token() != 0) {
            handle(
                    node.diskWorks()
                            ? new Event.Committed(persist.token())
                            : new Event.CommitFailed(persist.token(), "no room on the disk"));
        }
    }

    private void write(List<StoreChange> changes) {
        node.store().apply(changes, world.time().nowMs());
        world.watcher().committed(node, changes);
    }

    /** Behind all that was to be opened before. */
    private void onLane(long takesMs, Runnable task) {
        laneFreeMs = Math.max(laneFreeMs, world.time().nowMs()) + takesMs;
        if (laneFreeMs == world.time().nowMs()) {
            task.run();
        } else {
            at(laneFreeMs, () -> {
                if (!ended) {
                    task.run();
                }
            });
        }
    }

    private void deliver(Action.Incoming incoming) {
        Message message = world.messages().read(incoming);
        if (!message.toAll() && !world.peerIds().everHad(message.from(), incoming.from())) {
            throw new Violation(message + " came out as sent by " + incoming.from());
        }
        if (message.toAll()) {
            // As a node does when its consumers have got it.
            persist(new Action.Persist(0, List.of(new StoreChange.PacketDelivered(incoming.packetId()))));
        }
        world.watcher()
                .delivered(
                        node,
                        new Delivery(
                                message,
                                incoming.packetId(),
                                incoming.ageMs(),
                                incoming.hops(),
                                world.time().nowMs()));
        handle(new Event.Taken(incoming.packetId()));
    }

    private void resolve(Action.Resolve resolve) {
        List<Integer> addresses = world.names().resolve(resolve.host());
        at(
                world.time().nowMs() + 1 + delays.nextLong(RESOLVE_MAX_MS),
                () -> handle(new Event.Resolved(resolve.host(), resolve.port(), addresses)));
    }

    private void arm() {
        long deadlineMs = engine.nextDeadlineMs();
        if (deadlineMs == Long.MAX_VALUE) {
            return;
        }
        long dueMs = Math.max(clock.virtualMs(deadlineMs), world.time().nowMs());
        if (dueMs < armedMs) {
            armedMs = dueMs;
            at(dueMs, () -> timerDue(dueMs));
        }
    }

    private void timerDue(long dueMs) {
        if (ended || dueMs != armedMs) {
            return;
        }
        armedMs = UNARMED;
        timersInThisMs = timersAtMs == dueMs ? timersInThisMs + 1 : 1;
        timersAtMs = dueMs;
        if (timersInThisMs > TIMERS_PER_MS_MAX) {
            throw new Violation(node + " asks for its timer again and again within one millisecond");
        }
        handle(new Event.TimerDue());
    }
}

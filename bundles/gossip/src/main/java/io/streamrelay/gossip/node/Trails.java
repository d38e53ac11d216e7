// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Id;
import io.streamrelay.api.TraceStep;
import io.streamrelay.api.TracedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened to the latest messages at this node, so that somebody can ask afterwards. Thread-safe. */
final class Trails {

    /** A guess: enough to find the one that somebody asks about, in some 500 kB. */
    static final int MESSAGES_MAX = 512;

    /** A guess: acceptance, commit, and each of twenty peers. */
    static final int STEPS_MAX = 64;

    private static final class Trail {

        private final String subcluster;
        private final List<TraceStep> steps = new ArrayList<>(4);

        private Trail(String subcluster) {
            this.subcluster = subcluster;
        }

        /** Whether the same has happened before: a message of many packets leaves many times. */
        private boolean has(TraceStep step) {
            return steps.stream()
                    .anyMatch(each -> each.stage() == step.stage()
                            && each.peer().equals(step.peer())
                            && each.detail().equals(step.detail()));
        }
    }

    private final NodeClock clock;
    private final Map<Id, Trail> trails = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Trail> eldest) {
            return size() > MESSAGES_MAX;
        }
    };

    Trails(NodeClock clock) {
        this.clock = clock;
    }

    /** From here on it is noted what happens to a message; what is said of others, repairs of old ones, is not. */
    synchronized void begin(Id message, String subcluster) {
        trails.computeIfAbsent(message, fresh -> new Trail(subcluster));
    }

    /** The node has taken a message so long ago, and has committed it now. */
    synchronized void committed(Id message, String topic, long tookMs) {
        Trail trail = trails.get(message);
        long nowMs = clock.now().wallMs();
        TraceStep accepted = new TraceStep(nowMs - tookMs, TraceStep.Stage.ACCEPTED, Optional.empty(), topic);
        // Many messages may share a packet.
        if (trail == null || trail.has(accepted) || trail.steps.size() >= STEPS_MAX / 2) {
            return;
        }
        // Packets of it may have left already: the engine did not wait for this thread.
        trail.steps.add(0, accepted);
        trail.steps.add(1, new TraceStep(nowMs, TraceStep.Stage.COMMITTED, Optional.empty(), topic));
    }

    /** A message came in whole and was opened. */
    void received(Id message, String topic) {
        add(message, TraceStep.Stage.RECEIVED, null, topic);
    }

    /** A packet of it has left toward a peer. */
    void sent(Id message, Id peer) {
        add(message, TraceStep.Stage.SENT, peer, "");
    }

    /** A peer holds a packet of it. */
    void held(Id message, Id peer) {
        add(message, TraceStep.Stage.HELD, peer, "");
    }

    /** A consumer has acknowledged it. */
    void delivered(Id message, String consumer) {
        add(message, TraceStep.Stage.DELIVERED, null, consumer);
    }

    private synchronized void add(Id message, TraceStep.Stage stage, Id peer, String detail) {
        Trail trail = trails.get(message);
        if (trail == null || trail.steps.size() >= STEPS_MAX) {
            return;
        }
        TraceStep step = new TraceStep(clock.now().wallMs(), stage, Optional.ofNullable(peer), detail);
        if (!trail.has(step)) {
            trail.steps.add(step);
        }
    }

    synchronized Optional<TracedMessage> of(Id message) {
        return Optional.ofNullable(trails.get(message)).map(trail -> traced(message, trail));
    }

    /** The latest first. */
    synchronized List<TracedMessage> all() {
        List<TracedMessage> all = new ArrayList<>(trails.size());
        trails.forEach((message, trail) -> all.add(traced(message, trail)));
        Collections.reverse(all);
        return all;
    }

    private static TracedMessage traced(Id message, Trail trail) {
        return new TracedMessage(message, trail.subcluster, trail.steps);
    }
}

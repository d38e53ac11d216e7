// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Answer;
import io.streamrelay.api.Query;
import io.streamrelay.api.Refusal;
import io.streamrelay.api.RefusedException;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** The application's questions that the engine has not answered yet. Thread-safe. */
final class OpenQueries {

    /** How many may be open, as in the engine. */
    static final int OPEN_MAX = 256;

    private final EventQueue queue;
    private final Executor completions;
    private final Counters counters;
    private final AtomicLong lastToken = new AtomicLong();
    private final Map<Long, CompletableFuture<List<Answer>>> waiting = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /** @param completions where the application's stages are completed */
    OpenQueries(EventQueue queue, Executor completions, Counters counters) {
        this.queue = queue;
        this.completions = completions;
        this.counters = counters;
    }

    CompletionStage<List<Answer>> ask(Query query) {
        CompletableFuture<List<Answer>> stage = new CompletableFuture<>();
        if (waiting.size() >= OPEN_MAX) {
            refuse(stage, new RefusedException(Refusal.BUSY, OPEN_MAX + " questions are open"));
            return stage;
        }
        long token = lastToken.incrementAndGet();
        waiting.put(token, stage);
        if (ended) {
            end(token);
        } else {
            queue.command(new Event.Query(token, query.body(), query.patience().toMillis(), query.answersMax()));
        }
        return stage;
    }

    void answered(Action.Answered answered) {
        CompletableFuture<List<Answer>> stage = waiting.remove(answered.token());
        if (stage != null) {
            List<Answer> answers = answered.answers().stream()
                    .map(answer -> new Answer(answer.packetId(), answer.body()))
                    .toList();
            completions.execute(() -> stage.complete(answers));
        }
    }

    /** Answers for the engine, which has ended. */
    void end() {
        ended = true;
        waiting.keySet().forEach(this::end);
    }

    private void end(long token) {
        CompletableFuture<List<Answer>> stage = waiting.remove(token);
        if (stage != null) {
            refuse(stage, new RefusedException(Refusal.CLOSED, "the node was closed"));
        }
    }

    private void refuse(CompletableFuture<List<Answer>> stage, RefusedException refusal) {
        counters.increment(Refusals.counter(refusal));
        stage.completeExceptionally(refusal);
    }
}

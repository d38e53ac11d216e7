// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Refusal;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.engine.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's thread: brings it one event at a time, and carries out what it wants before the next one. Changes for
 * the store are gathered over a batch of events and committed together, and what follows from them comes after that.
 */
final class NodeLoop implements Runnable {

    /** Large enough to share a commit, small enough that a timer is not late by more than some milliseconds. */
    private static final int BATCH_MAX = 256;

    private static final long WAIT_MAX_MS = 60_000;

    private static final long ANSWER_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

    private final BiFunction<Event, Now, List<Action>> engine;
    private final LongSupplier nextDeadlineMs;
    private final EventQueue queue;
    private final NodeClock clock;
    private final Outlets outlets;
    private final Runnable onDeath;
    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final List<Action.Deliver> deliveries = new ArrayList<>();
    private List<Action.LetGo> letGo = new ArrayList<>();
    private volatile boolean stopping;

    /** @param onDeath told on the loop's thread when an error that it cannot go on after has ended it */
    NodeLoop(
            BiFunction<Event, Now, List<Action>> engine,
            LongSupplier nextDeadlineMs,
            EventQueue queue,
            NodeClock clock,
            Outlets outlets,
            Runnable onDeath) {
        this.engine = engine;
        this.nextDeadlineMs = nextDeadlineMs;
        this.queue = queue;
        this.clock = clock;
        this.outlets = outlets;
        this.onDeath = onDeath;
    }

    /** Ends the loop when its queue of facts and commands is empty. */
    void stop() {
        stopping = true;
        queue.pauseDatagrams(true);
    }

    /**
     * Asks something that only the engine's thread may look at, and waits for the answer.
     *
     * @return {@code otherwise} when there was no answer for {@link #ANSWER_MS}
     */
    <T> T ask(Supplier<T> question, T otherwise) {
        FutureTask<T> answer = new FutureTask<>(question::get);
        questions.add(answer);
        queue.nudge();
        try {
            return answer.get(stopping ? 0 : ANSWER_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the engine gave no answer", e);
        }
        answer.cancel(false);
        return otherwise;
    }

    @Override
    public void run() {
        try {
            loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the engine's thread has died: the node closes", e);
            stop();
            onDeath.run();
        }
    }

    private void loop() throws InterruptedException {
        List<Event> batch = new ArrayList<>(BATCH_MAX);
        do {
            batch.clear();
            queue.take(batch, BATCH_MAX, waitMs());
            batch.forEach(this::handle);
            answer();
            if (nextDeadlineMs.getAsLong() <= clock.now().monotonicMs()) {
                handle(new Event.TimerDue());
            }
            outlets.committer().flush();
            handOn();
        } while (!stopping || !batch.isEmpty());
    }

    /**
     * After the flush: what is delivered or let go may have been put into the store in the same batch, and a note that
     * it was delivered, or its removal, finds nothing before that.
     */
    private void handOn() {
        deliveries.forEach(delivery -> outlets.deliver().accept(delivery.message()));
        deliveries.clear();
        if (!letGo.isEmpty()) {
            outlets.letGo().accept(letGo);
            letGo = new ArrayList<>();
        }
    }

    private void answer() {
        for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
            question.run();
        }
    }

    private long waitMs() {
        if (stopping) {
            return 0;
        }
        long deadline = nextDeadlineMs.getAsLong();
        return deadline == Long.MAX_VALUE
                ? WAIT_MAX_MS
                : Math.max(0, Math.min(WAIT_MAX_MS, deadline - clock.now().monotonicMs()));
    }

    private void handle(Event event) {
        try {
            engine.apply(event, clock.now()).forEach(this::dispatch);
        } catch (RuntimeException e) {
            // One bad event must not end a gateway; the class alone, for an event may hold a whole datagram.
            LOG.error("the engine failed on {}", event.getClass().getSimpleName(), e);
            refuse(event);
        }
    }

    /** Whoever waits for this event's outcome would wait for ever. */
    private void refuse(Event event) {
        if (event instanceof Event.Query query) {
            outlets.queries().answered(new Action.Answered(query.token(), List.of()));
        }
        long token = token(event);
        if (token != 0) {
            outlets.publications()
                    .refused(new Action.Refused(token, Refusal.STORE_FAILED, "the engine failed on the message"));
        }
    }

    private static long token(Event event) {
        if (event instanceof Event.Publish publish) {
            return publish.token();
        } else if (event instanceof Event.Stream stream) {
            return stream.token();
        } else if (event instanceof Event.Committed committed) {
            return committed.token();
        } else if (event instanceof Event.CommitFailed failed) {
            return failed.token();
        }
        return 0;
    }

    private void dispatch(Action action) {
        if (action instanceof Action.Send send) {
            outlets.sockets().send(send.socket(), send.to(), send.bytes());
        } else if (action instanceof Action.Persist persist) {
            outlets.committer().add(persist);
        } else if (action instanceof Action.Accepted accepted) {
            outlets.publications().accepted(accepted);
        } else if (action instanceof Action.Refused refused) {
            outlets.publications().refused(refused);
        } else if (action instanceof Action.Deliver deliver) {
            deliveries.add(deliver);
        } else if (action instanceof Action.LetGo gone) {
            letGo.add(gone);
        } else if (action instanceof Action.Observe observe) {
            outlets.observer().accept(observe.observation());
        } else {
            dispatchRare(action);
        }
    }

    private void dispatchRare(Action action) {
        if (action instanceof Action.Resolve resolve) {
            outlets.resolver().resolve(resolve);
        } else if (action instanceof Action.Asked asked) {
            outlets.handlers().asked(asked);
        } else if (action instanceof Action.Answered answered) {
            outlets.queries().answered(answered);
        } else if (action instanceof Action.OpenSocket open) {
            outlets.sockets().openPooled(open.socket());
        } else if (action instanceof Action.CloseSocket close) {
            outlets.sockets().closePooled(close.socket());
        }
    }
}

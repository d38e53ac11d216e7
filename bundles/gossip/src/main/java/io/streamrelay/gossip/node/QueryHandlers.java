// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.gossip.node;

import io.streamrelay.api.Query;
import io.streamrelay.api.QueryHandler;
import io.streamrelay.api.Question;
import io.streamrelay.api.Registration;
import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import io.streamrelay.gossip.packet.JsonKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's handlers for others' questions, in the order in which they came. Thread-safe. */
final class QueryHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(QueryHandlers.class);

    private final EventQueue queue;
    private final Dispatcher dispatcher;
    private final List<QueryHandler> handlers = new ArrayList<>();

    QueryHandlers(EventQueue queue, Dispatcher dispatcher) {
        this.queue = queue;
        this.dispatcher = dispatcher;
    }

    synchronized Registration on(QueryHandler handler) {
        // Each registration is one of its own, also of the same handler.
        QueryHandler own = handler::answer;
        handlers.add(own);
        queue.command(new Event.Answering(true));
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                remove(own);
            }
        };
    }

    private synchronized void remove(QueryHandler handler) {
        handlers.remove(handler);
        if (handlers.isEmpty()) {
            queue.command(new Event.Answering(false));
        }
    }

    private synchronized List<QueryHandler> all() {
        return List.copyOf(handlers);
    }

    /** Has a question answered on the listeners' thread; when that has too much to do, it is passed on. */
    void asked(Action.Asked asked) {
        Question question = new Question(asked.body());
        if (!dispatcher.optional(() -> queue.command(new Event.Answer(asked.query(), answer(question))))) {
            queue.command(new Event.Answer(asked.query(), null));
        }
    }

    private byte[] answer(Question question) {
        for (QueryHandler handler : all()) {
            Optional<byte[]> answer = answer(handler, question);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return null;
    }

    private static Optional<byte[]> answer(QueryHandler handler, Question question) {
        try {
            Optional<byte[]> answer = handler.answer(question);
            if (answer.isPresent() && !isAllowed(answer.get())) {
                LOG.warn(
                        "a query handler gave {} bytes, or the JSON value null; 1 to {} bytes are allowed",
                        answer.get().length,
                        Query.BODY_BYTES_MAX);
                return Optional.empty();
            }
            return answer;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("a query handler threw; the question goes to the next one", e);
            return Optional.empty();
        }
    }

    private static boolean isAllowed(byte[] answer) {
        return answer.length >= 1 && answer.length <= Query.BODY_BYTES_MAX && JsonKind.of(answer) != JsonKind.NULL;
    }
}

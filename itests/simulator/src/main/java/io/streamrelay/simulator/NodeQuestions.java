// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.simulator;

import io.streamrelay.gossip.engine.Action;
import io.streamrelay.gossip.engine.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What a host's user asks others, and what others' questions get for an answer: the host's number. */
final class NodeQuestions {

    private static final int ANSWERS_MAX = 64;

    private final byte[] answer;
    private final Map<Long, Integer> answers = new HashMap<>();
    private boolean answering;
    private long asked;

    NodeQuestions(int number) {
        answer = ("{\"node\":" + number + "}").getBytes(StandardCharsets.US_ASCII);
    }

    /** What the next engine is told first. */
    Event begin() {
        return new Event.Answering(answering);
    }

    Event answering(boolean wanted) {
        answering = wanted;
        return begin();
    }

    /** The next question; {@link #asked} is its number. */
    Event ask(Duration patience) {
        byte[] body = "{\"who\":\"is there\"}".getBytes(StandardCharsets.US_ASCII);
        return new Event.Query(++asked, body, patience.toMillis(), ANSWERS_MAX);
    }

    long asked() {
        return asked;
    }

    Event answer(Action.Asked question) {
        return new Event.Answer(question.query(), answer);
    }

    void ended(Action.Answered question) {
        if (answers.put(question.token(), question.answers().size()) != null) {
            throw new Violation("question " + question.token() + " was answered twice");
        }
    }

    /** How many answers a question got; empty while it is open. */
    OptionalInt answersTo(long question) {
        Integer count = answers.get(question);
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }
}

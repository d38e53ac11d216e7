// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a reference peer told, in its order. Thread-safe. */
final class EventLog {

    private final List<JsonNode> events = new ArrayList<>();

    synchronized void add(JsonNode event) {
        events.add(event);
        notifyAll();
    }

    /** The events of one kind so far. */
    synchronized List<JsonNode> of(String kind) {
        return events.stream()
                .filter(event -> event.path("event").asText().equals(kind))
                .toList();
    }

    /**
     * Waits until the events of one kind pass a test.
     *
     * @throws AssertionError with all that was told, when they do not in time
     */
    synchronized List<JsonNode> await(String kind, Duration limit, Predicate<List<JsonNode>> test) {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!test.test(of(kind))) {
            long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError("not within " + limit + "; " + describe());
            }
            waitFor(leftMs);
        }
        return of(kind);
    }

    private void waitFor(long ms) {
        try {
            wait(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted; " + describe(), e);
        }
    }

    private String describe() {
        StringBuilder text = new StringBuilder("the reference peer told " + events.size() + " events");
        for (JsonNode event : events) {
            String line = event.toString();
            text.append("\n  ").append(line, 0, Math.min(line.length(), 400));
        }
        return text.toString();
    }
}

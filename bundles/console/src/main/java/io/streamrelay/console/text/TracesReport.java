// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.api.TraceStep;
import io.streamrelay.api.TracedMessage;
import io.streamrelay.console.view.Span;
import java.util.List;
import java.util.Locale;

/**
 * The messages whose way is known.
 *
 * @param messages the latest first
 * @param nowMs the time, in milliseconds since 1970
 */
public record TracesReport(List<TracedMessage> messages, long nowMs) implements Report {

    /** A guess: one screen. */
    private static final int LINES_MAX = 20;

    /** What {@code --json} gives of each. */
    record Traced(String id, String subcluster, String lastStage, long lastMs, int steps) {

        static Traced of(TracedMessage message) {
            TraceStep last = message.steps().isEmpty()
                    ? null
                    : message.steps().get(message.steps().size() - 1);
            return new Traced(
                    message.id().hex(),
                    message.subcluster(),
                    last == null ? "" : last.stage().name().toLowerCase(Locale.ROOT),
                    last == null ? 0 : last.atMs(),
                    message.steps().size());
        }
    }

    @Override
    public List<String> lines() {
        TextTable table = TextTable.of("message", "subcluster", "last", "when", "steps");
        messages.stream()
                .limit(LINES_MAX)
                .map(Traced::of)
                .forEach(message -> table.row(
                        Ids.brief(message.id()),
                        message.subcluster(),
                        message.lastStage(),
                        Span.time(nowMs - message.lastMs()) + " ago",
                        message.steps()));
        return table.lines("no message has passed yet");
    }

    @Override
    public Object data() {
        return messages.stream().map(Traced::of).toList();
    }
}

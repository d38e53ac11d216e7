// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.api.Id;
import io.streamrelay.api.TraceStep;
import io.streamrelay.api.TraceStep.Stage;
import io.streamrelay.api.TracedMessage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A message's way through this gateway.
 *
 * @param message what is known of it
 * @param zone whose time is shown
 */
public record TraceReport(TracedMessage message, ZoneId zone) implements Report {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** What {@code --json} gives. */
    record Trace(String id, String subcluster, String verdict, List<Step> steps) {}

    /** One step of it. */
    record Step(long atMs, String stage, String peer, String detail) {}

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("message " + message.id().shortHex() + " of " + message.subcluster() + " " + verdict());
        TextTable table = TextTable.of("time", "after", "stage", "peer", "detail");
        long firstMs = message.steps().isEmpty() ? 0 : message.steps().get(0).atMs();
        for (TraceStep step : message.steps()) {
            table.row(
                    TIME.format(Instant.ofEpochMilli(step.atMs()).atZone(zone)),
                    step.atMs() - firstMs + " ms",
                    word(step.stage()),
                    step.peer().map(Id::shortHex).orElse(""),
                    Printable.text(step.detail()));
        }
        lines.addAll(table.lines("no step is known"));
        return lines;
    }

    private String verdict() {
        Set<Stage> stages = message.steps().stream()
                .map(TraceStep::stage)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class)));
        long holders = peers(Stage.HELD);
        if (stages.contains(Stage.HELD)) {
            return "is held by " + holders + (holders == 1 ? " other peer" : " other peers") + ", too";
        }
        if (stages.contains(Stage.RECEIVED)) {
            return "came from the mesh" + (stages.contains(Stage.DELIVERED) ? " and was delivered" : "");
        }
        if (stages.contains(Stage.SENT)) {
            return "was sent to " + peers(Stage.SENT) + ", and nobody has said yet that it holds it";
        }
        return stages.contains(Stage.COMMITTED) ? "is on this gateway's disk, and nowhere else" : "is not on disk yet";
    }

    private long peers(Stage stage) {
        return message.steps().stream()
                .filter(step -> step.stage() == stage)
                .map(TraceStep::peer)
                .flatMap(Optional::stream)
                .distinct()
                .count();
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Object data() {
        List<Step> steps = message.steps().stream()
                .map(step -> new Step(
                        step.atMs(),
                        word(step.stage()),
                        step.peer().map(Id::hex).orElse(null),
                        step.detail()))
                .toList();
        return new Trace(message.id().hex(), message.subcluster(), verdict(), steps);
    }
}

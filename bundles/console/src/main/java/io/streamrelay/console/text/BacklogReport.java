// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.Span;
import io.streamrelay.console.view.SubclusterView;
import java.util.ArrayList;
import java.util.List;

/**
 * What would be lost with this gateway: own messages that nobody else is known to hold.
 *
 * @param parts one for each subcluster that something waits for
 */
public record BacklogReport(List<Part> parts) implements Report {

    /**
     * What waits of one subcluster.
     *
     * @param subcluster its name
     * @param messages how many
     * @param bytes their packets
     * @param oldestMs how long the oldest has waited
     */
    public record Part(String subcluster, long messages, long bytes, long oldestMs) {

        static Part of(SubclusterView view) {
            return new Part(view.name(), view.backlogMessages(), view.backlogBytes(), view.backlogOldestMs());
        }
    }

    /** A gateway's. */
    public static BacklogReport of(Snapshot snapshot) {
        return new BacklogReport(snapshot.subclusters().stream()
                .filter(subcluster -> subcluster.backlogMessages() > 0)
                .map(Part::of)
                .toList());
    }

    @Override
    public List<String> lines() {
        if (parts.isEmpty()) {
            return List.of("everything sent here is held by others, too");
        }
        long messages = parts.stream().mapToLong(Part::messages).sum();
        List<String> lines = new ArrayList<>();
        lines.add(messages + (messages == 1 ? " message is" : " messages are")
                + " held by this gateway alone: keep its disk until another is in reach");
        TextTable table = TextTable.of("subcluster", "messages", "size", "oldest");
        parts.forEach(part ->
                table.row(part.subcluster(), part.messages(), Span.bytes(part.bytes()), Span.time(part.oldestMs())));
        lines.addAll(table.lines(""));
        return lines;
    }

    @Override
    public Object data() {
        return parts;
    }
}

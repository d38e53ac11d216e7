// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.text;

import io.streamrelay.console.view.Snapshot;
import io.streamrelay.console.view.Span;
import io.streamrelay.console.view.SubclusterView;
import java.util.List;
import java.util.Locale;

/**
 * The subclusters that this gateway takes part in.
 *
 * @param subclusters by name
 */
public record SubclustersReport(List<SubclusterView> subclusters) implements Report {

    /** All of a gateway. */
    public static SubclustersReport of(Snapshot snapshot) {
        return new SubclustersReport(snapshot.subclusters());
    }

    @Override
    public List<String> lines() {
        TextTable table = TextTable.of(
                "subcluster",
                "id",
                "members",
                "sent",
                "received",
                "sent/s",
                "received/s",
                "quiet",
                "backlog",
                "missing",
                "old keys");
        for (SubclusterView subcluster : subclusters) {
            table.row(
                    subcluster.name(),
                    Ids.brief(subcluster.id()),
                    subcluster.members().size(),
                    subcluster.sent(),
                    subcluster.received(),
                    rate(subcluster.sentPerSecond()),
                    rate(subcluster.receivedPerSecond()),
                    subcluster.quietMs() < 0 ? "ever" : Span.time(subcluster.quietMs()),
                    subcluster.backlogMessages(),
                    subcluster.missingEnvelopes(),
                    subcluster.formerKeys());
        }
        return table.lines("no subcluster is open");
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f", perSecond);
    }

    @Override
    public Object data() {
        return subclusters;
    }
}
